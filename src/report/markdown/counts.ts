import type { Change, Report } from "../../events.ts";
import { tallyOf } from "../tally.ts";

/** What there is of each sort, in one line, as the terminal counts it. */
export function countsOf(report: Report): string {
  if (report.phase === "drift") return driftCounts(report.changes);
  const tally = tallyOf(report.changes);
  const replaced = report.changes.filter(({ move, error }) => move === "replace" && !error).length;
  const to = report.phase === "plan" ? "to " : "";
  const past = report.phase === "plan" ? "" : "ed";
  const count = (number: number, verb: string, remark = ""): string => `${number} ${to}${verb}${remark}`;
  const some = (number: number, text: string): readonly string[] => (number > 0 ? [text] : []);
  const isDestroy = report.phase === "destroy";
  const parts = [
    ...some(tally.adopted, count(tally.adopted, `adopt${past}`)),
    ...(isDestroy ? [] : [count(tally.added, `add${past}`), count(tally.changed, `change${past && "d"}`)]),
    count(tally.destroyed, `destroy${past}`, replaced > 0 ? ` (${replaced} of them replaced)` : ""),
    ...some(tally.forgotten, count(tally.forgotten, past ? "forgotten" : "forget")),
    ...(isDestroy ? [] : [`${tally.unchanged} unchanged`]),
    ...some(tally.skipped, `${tally.skipped} not targeted`),
    ...some(tally.failed, `${tally.failed} ${past ? "failed" : "would fail"}`),
  ];
  return parts.join(", ");
}

function driftCounts(changes: readonly Change[]): string {
  const count = (drift: Change["drift"]): number =>
    changes.filter(
      (change) => (change.error ? "not comparable" : (change.drift ?? "not comparable")) === drift,
    ).length;
  const words = [
    `${count("drifted")} drifted`,
    `${count("missing")} missing`,
    `${count("not comparable")} not comparable`,
    `${count("same")} the same`,
  ];
  return words.join(", ");
}
