import type { Entry, Home } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";

/** Refuses an entry that was made in another account, region or partition, or at another endpoint. */
export function requireHome(entry: Entry, home: Home): void {
  const names = ["account", "partition", "region", "endpoint"] as const;
  const differs = names.find((name) =>
    name === "account" ? isOtherAccount(entry.home, home) : entry.home[name] !== home[name],
  );
  if (!differs) return;
  const there = entry.home[differs] ?? "AWS itself";
  const here = home[differs] ?? "AWS itself";
  throw new ResourceError("STATE_ELSEWHERE", `recorded with ${differs} ${there}, this run has ${here}`, {
    identifier: entry.identifier,
  });
}

const isOtherAccount = (a: Home, b: Home): boolean =>
  a.account !== undefined && b.account !== undefined && a.account !== b.account;
