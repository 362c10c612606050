import { isResourceError } from "../errors.ts";
import type { Change, Failure } from "../events.ts";
import type { Scope } from "../scope/scope.ts";
import { redactChange } from "./secrets/redact-changes.ts";

/** Adds a line to the run's report and tells the listener. */
export function report(scope: Scope, told: Change): void {
  const change = redactChange(told, scope.confidential);
  scope.changes.push(change);
  const name = change.error ? "failed" : scope.withholds ? "planned" : "done";
  scope.listener({ name, id: change.id, type: change.type, change });
}

/** A failure as it stands in a report. */
export function failureIn(error: unknown): Failure {
  if (isResourceError(error)) {
    const { code, kind, message, advice } = error;
    return { code, kind, message, advice };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: "UNKNOWN", kind: "unknown", message, advice: "" };
}
