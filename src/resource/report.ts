import { isResourceError } from "../errors.ts";
import type { Change, Failure } from "../events.ts";
import type { Journal } from "../scope/journal.ts";
import type { Scope } from "../scope/scope.ts";
import { redactChange } from "./secrets/redact-changes.ts";

/** Adds a line to the run's report and tells the listener. */
export function report(scope: Scope, told: Change): void {
  const change = redactChange(told, scope.journal.confidential);
  scope.journal.changes.push(change);
  const name = change.error ? "failed" : scope.withholds ? "planned" : "done";
  scope.listener({ name, id: change.id, type: change.type, change });
}

/** Takes the lines of what is not worth a word any more out of the report: those whose id is not kept. */
export function keepReports({ changes }: Journal, isKept: (id: string) => boolean): void {
  const kept = changes.filter(({ id }) => isKept(id));
  changes.splice(0, changes.length, ...kept);
}

/** Notes that an error stands in the report: nobody needs to be told of it again. */
export const noteReported = ({ reported }: Journal, error: Error): unknown => reported.add(error);

/** A failure as it stands in a report. */
export function failureIn(error: unknown): Failure {
  if (isResourceError(error)) {
    const { code, kind, message, advice } = error;
    return { code, kind, message, advice };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: "UNKNOWN", kind: "unknown", message, advice: "" };
}
