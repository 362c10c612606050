import { planChange } from "../diff/plan.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import type { Change, Failure } from "../events.ts";
import type { Props } from "../json.ts";
import { validate } from "../schema/validate.ts";
import { currentScope } from "../scope/ambient.ts";
import type { Records, Scope } from "../scope/scope.ts";
import { apply } from "./apply.ts";
import { type Call, type Declared, readCall } from "./call.ts";
import { namesOf, usedBy } from "./edges.ts";
import { outputsOf } from "./outputs.ts";

/**
 * Declares a resource: makes it as desired and resolves with its outputs. Starts at once; the id counts as declared
 * from this very moment, so that a call nobody awaits never looks like an orphan. `input` holds properties and
 * options together; where `desired` is given apart, `input` holds options alone.
 */
export function declare(type: string, id: string, input: unknown, desired?: unknown): Promise<Props> {
  const scope = currentScope();
  const twice = scope.seen.has(id);
  scope.seen.set(id, type);
  if (twice)
    return Promise.reject(new TypeError(`the id ${JSON.stringify(id)} is declared twice in one run`));
  return tracked(scope, run(scope, type, id, { input, desired }));
}

/**
 * Lets the run wait for a call that its script does not. Where failures end up in a report such a call may fail
 * quietly; a plain script's stays unhandled, so that Node ends the script with an error.
 */
function tracked(scope: Scope, outputs: Promise<Props>): Promise<Props> {
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  scope.pending.add(settled);
  const followed = outputs.finally(() => {
    scope.pending.delete(settled);
    settle();
  });
  if (scope.reports) followed.catch(() => undefined);
  return followed;
}

async function run(scope: Scope, type: string, id: string, declared: Declared): Promise<Props> {
  const startedAt = scope.now();
  try {
    const call = readCall(type, id, declared);
    validate(call.facts, call.desired, { type, id });
    const sent = { ...call, desired: desiredOf(call) };
    if (scope.signal?.aborted) throw new ResourceError("ABORTED", "the run was stopped before this call");
    return await scope.hold((records) => applied(scope, records, sent, startedAt));
  } catch (error) {
    const placed = isResourceError(error) ? error.at({ type, id }) : error;
    report(scope, {
      id,
      type,
      move: "nothing",
      error: failureIn(placed),
      durationMs: scope.now() - startedAt,
    });
    throw placed;
  }
}

/** Several handlers fail on null members: to us it means absent. */
function desiredOf({ facts, desired }: Call): Props {
  const plan = planChange({ facts, live: undefined, desired });
  return plan.move === "create" ? plan.desired : desired;
}

async function applied(scope: Scope, records: Records, call: Call, startedAt: number): Promise<Props> {
  const dependencies = [...new Set([...call.dependencies, ...usedBy(scope, call.id, call.desired)])];
  const cloud = await scope.cloud(call.options);
  const { entry, change } = await apply({ scope, records, cloud, call, dependencies });
  const identifier = entry.identifier ?? "";
  scope.resolved.push({ id: call.id, names: namesOf(call.facts, identifier, entry.live) });
  report(scope, { ...change, durationMs: scope.now() - startedAt });
  return outputsOf(call, identifier, call.desired, entry.live);
}

/** Adds a line to the run's report and tells the listener. */
export function report(scope: Scope, change: Change): void {
  scope.changes.push(change);
  scope.listener({ name: change.error ? "failed" : "done", id: change.id, type: change.type, change });
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
