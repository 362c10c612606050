import type { CriticalResource, Report } from "../events.ts";
import { duration } from "../report/duration.ts";
import { onOneLine } from "./spell-unruly.ts";

/** Nobody asks where the time of a shorter run has gone. */
const longMs = 10_000;
const mostSlow = 3;
const mostOfPath = 8;

/** Where the time of a long run has gone: the resources that took longest, and the chain that decided its length. */
export function slowestText({ changes, durationMs, criticalPath = [] }: Report): string {
  if (durationMs < longMs || criticalPath.length === 0) return "";
  const slow = changes
    .filter(({ steps }) => steps !== undefined)
    .toSorted((a, b) => b.durationMs - a.durationMs)
    .slice(0, mostSlow)
    .map((change) => `${onOneLine(change.id)} ${duration(change.durationMs)}`);
  return [`Took longest: ${slow.join(", ")}.`, ...pathText(criticalPath)].join("\n");
}

/** A chain of one is told already. `⇢` stands where the script waited for what the next one does not use. */
function pathText(path: readonly CriticalResource[]): readonly string[] {
  if (path.length < 2) return [];
  const shown = path.slice(-mostOfPath);
  const names = shown.map(({ id, fromMs, toMs, after }, i) => {
    const arrow = i === 0 ? "" : after === "order" ? " ⇢ " : " → ";
    return `${arrow}${onOneLine(id)} ${duration(toMs - fromMs)}`;
  });
  return [`Critical path: ${shown.length < path.length ? "… → " : ""}${names.join("")}.`];
}
