import { isResourceError } from "../errors.ts";
import type { Change, Failure, Step } from "../events.ts";
import type { Course, Journal } from "../scope/journal.ts";
import type { Scope } from "../scope/scope.ts";
import { redactChange } from "./secrets/redact-changes.ts";

/** Adds a line to the run's report and tells the listener. */
export function report(scope: Scope, told: Change): void {
  const change = redactChange(withCourse(scope, told), scope.journal.confidential);
  scope.journal.changes.push(change);
  const name = change.error ? "failed" : scope.withholds ? "planned" : "done";
  scope.listener({ name, id: change.id, type: change.type, change });
}

/** The change with what is known of how it went; what comes after that under the same id begins anew. */
function withCourse(scope: Scope, change: Change): Change {
  const { begunAt, journal } = scope;
  const { courses } = journal;
  const { id, durationMs } = change;
  const endedMs = scope.now() - begunAt;
  const course = courses.get(id);
  courses.delete(id);
  const startedMs = Math.max(0, endedMs - durationMs);
  if (!course) return { ...change, startedMs };
  const { uses } = course;
  const steps = stepsOf(course, begunAt, endedMs);
  return {
    ...change,
    ...(uses.length > 0 && { uses }),
    startedMs,
    ...(steps.length > 0 && { steps }),
  };
}

/** Each until the next one; a wait that was none is left out. */
function stepsOf({ steps }: Course, begunAt: number, endedMs: number): readonly Step[] {
  return steps.flatMap(({ at, ...begun }, i) => {
    const next = steps[i + 1];
    const step = { ...begun, fromMs: at - begunAt, toMs: next ? next.at - begunAt : endedMs };
    return step.fromMs === step.toMs && passing.includes(step.step) ? [] : [step];
  });
}

const passing: readonly Step["step"][] = ["waiting", "queued", "reading"];

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
