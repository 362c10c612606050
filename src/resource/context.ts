import type { Watch } from "../cloudcontrol/wait.ts";
import { ResourceError, stoppage } from "../errors.ts";
import type { BegunStep, Move, ShownOperation } from "../events.ts";
import type { Course, Journal } from "../scope/journal.ts";
import type { Cloud, Records, Scope } from "../scope/scope.ts";
import type { Turn } from "../scope/turns.ts";
import type { Call } from "./call/read-call.ts";
import { redactMessage } from "./secrets/redact-call.ts";
import type { ResourceOptions } from "./call/options.ts";

/** Everything that one declared resource is worked on with. */
export interface Context {
  readonly scope: Scope;
  readonly records: Records;
  readonly cloud: Cloud;
  readonly call: Call;
  /** Ids that this resource uses, found so far. */
  readonly dependencies: readonly string[];
  /** Its turn among the calls that have something to send: over once AWS has taken its write on. */
  readonly turn?: Turn | undefined;
}

/**
 * Waits for the turn of a call and works on it: where more is ready than requests may be in flight, what most hangs on
 * goes first. Parts wait for each other and go out as one: they take no turn.
 */
export async function workInTurn<T>(
  context: Context,
  chain: "above" | "below",
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { call, cloud, records } = context;
  if (call.note?.part) return work(context);
  if (cloud.turns.isFull) tellStep(context, { step: "queued", why: "its turn among what is ready" });
  const turn = await cloud.turns.take(() => records.rankOf(call.id)[chain]);
  tellStep(context, { step: "reading" });
  try {
    requireGoing(context);
    return await work({ ...context, turn });
  } finally {
    turn.end();
  }
}

/** The part of a context that reading takes. */
export interface ReadContext {
  readonly cloud: Cloud;
  readonly call: Pick<Call, "type" | "facts" | "note" | "desired"> & {
    readonly options: Pick<ResourceOptions, "roleArn" | "signal">;
  };
}

/** How Cloud Control is told of a resource of this call's type. */
export function nameOf(
  { call }: Pick<ReadContext, "call">,
  identifier: string,
): { TypeName: string; Identifier: string; RoleArn?: string; signal?: AbortSignal } {
  const { roleArn, signal } = call.options;
  const more = { ...(roleArn !== undefined && { RoleArn: roleArn }), ...(signal && { signal }) };
  return { TypeName: call.type, Identifier: identifier, ...more };
}

/** Throws `ABORTED` once the run or this call has been stopped; asked before anything new is begun. */
export function requireGoing(around: Pick<Context, "scope" | "call">): void {
  const stopped = stoppedBy(around);
  if (stopped) throw stoppage(stopped);
}

export const stoppedBy = ({ scope, call }: Pick<Context, "scope" | "call">): AbortSignal | undefined =>
  [scope.signal, call.options.signal].find((signal) => signal?.aborted === true);

/** Tells the listener how a followed operation goes, once as a warning where it takes long. */
export function watchOf({ scope, call }: Context): Watch {
  const { id, type, options } = call;
  const {
    warnAfter = scope.runOptions.warnAfter ?? Infinity,
    cancelOnAbort = scope.runOptions.cancelOnAbort,
  } = options;
  const signals = [scope.signal, options.signal].filter((signal) => signal !== undefined);
  let isWarned = false;
  return {
    timeoutMs: options.timeout,
    graceMs: scope.runOptions.grace,
    cancels: cancelOnAbort,
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    onProgress: (elapsedMs, message) => {
      const said = message === undefined ? undefined : redactMessage(call, message);
      scope.listener({ name: "progress", id, type, elapsedMs, ...(said !== undefined && { message: said }) });
      if (elapsedMs < warnAfter || isWarned) return;
      isWarned = true;
      const doing = said === undefined ? "" : `: ${said}`;
      scope.listener({
        name: "warning",
        id,
        type,
        message: `still under way after ${Math.round(elapsedMs / 1000)} s${doing}`,
      });
    },
  };
}

/** Tells the listener of each pause before another try. */
export function pauseOf({
  scope,
  call,
}: Context): (pause: {
  readonly error: ResourceError;
  readonly attempt: number;
  readonly waitMs: number;
}) => void {
  const { id, type } = call;
  return ({ error, attempt, waitMs }) => {
    const [reason, { code }] = [redactMessage(call, error.what), error];
    noteStep(scope, id, { step: "pause", why: reason, code });
    scope.listener({ name: "retry", id, type, reason, code, attempt, waitMs });
  };
}

/** Tells the listener that a move begins. */
export function tellStarted(
  { scope, call, dependencies }: Context,
  move: Move,
  patch?: readonly ShownOperation[],
): void {
  const uses = dependencies.length > 0 && { uses: dependencies };
  scope.listener({ name: "started", id: call.id, type: call.type, move, ...(patch && { patch }), ...uses });
}

/** Notes that a resource is at something else from now on, and tells the listener. */
export function tellStep(
  { scope, call: { id, type } }: Pick<Context, "scope"> & { readonly call: Pick<Call, "id" | "type"> },
  begun: BegunStep,
): void {
  noteStep(scope, id, begun);
  scope.listener({ name: "step", id, type, ...begun });
}

function noteStep({ journal, now }: Pick<Scope, "journal" | "now">, id: string, begun: BegunStep): void {
  courseOf(journal, id).steps.push({ ...begun, at: now() });
}

/** Notes what a resource uses, for its line in the report. */
export function noteUses(journal: Journal, id: string, uses: readonly string[]): void {
  // Most resources of an unchanged run use nothing, and are at nothing.
  if (uses.length > 0) journal.courses.set(id, { uses, steps: courseOf(journal, id).steps });
}

function courseOf({ courses }: Journal, id: string): Course {
  const course = courses.get(id) ?? { uses: [], steps: [] };
  courses.set(id, course);
  return course;
}

/** Tells the listener of something that does not stop the run but that its user should know. */
export function warn({ scope, call }: Context, message: string): void {
  scope.listener({ name: "warning", id: call.id, type: call.type, message: redactMessage(call, message) });
}

/** Tells whether this resource is to be replaced now, by its own option or the run's. */
export const isForced = ({ call, scope }: Pick<Context, "call" | "scope">): boolean =>
  call.options.replace === true || scope.runOptions.replace?.includes(call.id) === true;
