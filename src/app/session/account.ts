import type { CloudControl } from "../../cloudcontrol/cloud-control.ts";
import { ResourceError } from "../../errors.ts";
import { type Caller, askCaller } from "../../lookup/caller.ts";
import type { Where, Wire } from "../../wire/client.ts";
import type { Endpoints } from "../options/settings.ts";

/** Which accounts may be written to, if only some may, and who is asked. */
export interface Guard {
  readonly allowedAccounts: readonly string[] | undefined;
  readonly endpoints: Pick<Endpoints, "cloudControl" | "sts">;
}

/**
 * Tells whose account is about to be written to, where that is known; throws `WRONG_ACCOUNT` for one that is not
 * allowed. Only a guard makes STS be asked: credentials may carry an account that somebody wrote into a file.
 */
export async function admitAccount(
  { allowedAccounts, endpoints }: Guard,
  control: CloudControl,
  where: Where,
  wire: Wire,
): Promise<Caller | undefined> {
  if (allowedAccounts === undefined) {
    const account = await control.account();
    return account === undefined ? undefined : { account };
  }
  requireSts(endpoints);
  const caller = await askCaller({ ...where, endpoint: endpoints.sts }, wire);
  const { account } = caller;
  if (allowedAccounts.includes(account)) return caller;
  const allowed = allowedAccounts.join(", ") || "none";
  throw new ResourceError("WRONG_ACCOUNT", `the credentials are of account ${account}; allowed: ${allowed}`);
}

/** Refuses to ask AWS's own STS about a cloud that is none of AWS's. */
export function requireSts({ cloudControl, sts }: Guard["endpoints"]): void {
  if (cloudControl === undefined || sts !== undefined) return;
  throw new ResourceError(
    "WRONG_ACCOUNT",
    "only Cloud Control has an endpoint, so nobody can say whose account it is",
    { advice: "Set AWS_ENDPOINT_URL_STS, or AWS_ENDPOINT_URL for all." },
  );
}
