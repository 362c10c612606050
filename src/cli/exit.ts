import { isResourceError } from "../errors.ts";
import type { Change, Report } from "../events.ts";

/** Exit codes; see the README. What differs and what failed never share one. */
export const exit = {
  failed: 1,
  changes: 2,
  partial: 3,
  locked: 4,
  notComparable: 5,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** A report and those of the other apps of its script. */
export const reportsIn = (report: Report): readonly Report[] => [report, ...(report.others ?? [])];

/** The changes of all of them. */
export const changesIn = (report: Report): readonly Change[] =>
  reportsIn(report).flatMap(({ changes }) => changes);

/** Tells whether anything has been done at AWS. */
export const isApplied = (changes: readonly Change[]): boolean =>
  changes.some(({ move, error, skipped }) => move !== "nothing" && !error && skipped !== true);

/** The exit code for a run that ended with a report; `gates` lets differences count. */
export function exitCodeOf(report: Report, gates: boolean): number {
  const { ok, phase } = report;
  const changes = changesIn(report);
  if (!ok) {
    if (changes.some(({ error }) => error?.code === "LOCKED")) return exit.locked;
    return phase !== "plan" && isApplied(changes) ? exit.partial : exit.failed;
  }
  if (phase === "drift" && changes.some(({ drift }) => drift === "not comparable")) return exit.notComparable;
  if (!gates) return 0;
  const differs = changes.some(({ move, drift }) => move !== "nothing" || (drift ?? "same") !== "same");
  return differs || reportsIn(report).some(({ stopped }) => stopped) ? exit.changes : 0;
}

/** The exit code for a run that an error ended before its report was whole. */
export function exitCodeFor(error: unknown, report: Report): number {
  if (isResourceError(error) && error.code === "LOCKED") return exit.locked;
  return report.phase !== "plan" && isApplied(changesIn(report)) ? exit.partial : exit.failed;
}
