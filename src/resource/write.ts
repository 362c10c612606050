import type { Ended, Write } from "../cloudcontrol/protocol.ts";
import type { Watch } from "../cloudcontrol/wait.ts";
import type { Entry, Intent } from "../entry.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import type { Change, Move, PatchOperation, ShownOperation } from "../events.ts";
import { type Pointer, type Props, isProps } from "../json.ts";
import type { Cloud, Records, Scope } from "../scope/scope.ts";
import type { Facts } from "../schema/facts.ts";
import { checkOf, seal, unseal } from "../state/sealing.ts";
import type { Call } from "./call.ts";
import { hushed } from "./mask.ts";
import type { ResourceOptions } from "./options.ts";
import { type Draft, requestOf } from "./request.ts";
import { keptOptions } from "./record.ts";

/** Everything that one declared resource is worked on with. */
export interface Context {
  readonly scope: Scope;
  readonly records: Records;
  readonly cloud: Cloud;
  readonly call: Call;
  /** Ids that this resource uses, found so far. */
  readonly dependencies: readonly string[];
}

/** The part of a context that reading takes. */
export interface Looking {
  readonly cloud: Cloud;
  readonly call: Pick<Call, "type" | "facts" | "note" | "desired"> & {
    readonly options: Pick<ResourceOptions, "roleArn" | "signal">;
  };
}

/** How Cloud Control is told of a resource of this call's type. */
export function nameOf(
  { call }: Pick<Looking, "call">,
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

/** The failure of what was not begun because of this signal. */
export function stoppage({ reason }: AbortSignal): ResourceError {
  const why: unknown = reason;
  if (!isResourceError(why)) return new ResourceError("ABORTED", "stopped before this was begun");
  return new ResourceError(why.code, `${why.what}: this was not begun`, { advice: why.advice });
}

const stoppedBy = ({ scope, call }: Pick<Context, "scope" | "call">): AbortSignal | undefined =>
  [scope.signal, call.options.signal].find((signal) => signal?.aborted === true);

/** What is sealed with an intent: the request byte for byte, and where secrets stood in its properties. */
export interface Kept {
  readonly write: Write;
  readonly secrets: readonly Pointer[];
}

const moves = { CreateResource: "create", UpdateResource: "update", DeleteResource: "delete" } as const;

/**
 * Carries one write to its end. `entry` holds the intent from before the request until the caller records the
 * outcome; whatever stops this process in between, the next run finds it there.
 */
export async function write(
  context: Context,
  entry: Entry,
  draft: Draft,
  answers?: (error: ResourceError) => boolean,
): Promise<Ended> {
  const { scope, records, cloud, call } = context;
  await cloud.admit();
  const before = records.get(entry.id);
  let look = draft.operation === "CreateResource" ? draft.isFree : undefined;
  let isFree: boolean | undefined;
  let intent: Intent | undefined;
  const keep = async (next: Intent): Promise<void> => {
    intent = next;
    await records.put({ ...entry, intent, updatedAt: new Date(scope.now()).toISOString() });
  };
  const ended = await cloud.perform({
    type: (draft.operation === "DeleteResource" ? draft.type : undefined) ?? call.type,
    prepare: async () => {
      requireGoing(context);
      const clientToken = scope.newToken();
      const sent = requestOf(call, draft, clientToken);
      await keep({
        move: moves[draft.operation],
        clientToken,
        startedAt: new Date(scope.now()).toISOString(),
        ...kept(context, sent),
        ...(isFree === true && { isFree }),
      });
      isFree = (await look?.()) ?? isFree;
      look = undefined;
      return sent;
    },
    // The disk may have let the intent wait for longer than the stage is ours.
    permit: () => records.requireHeld(),
    accepted: async (requestToken) => {
      if (intent) await keep({ ...intent, requestToken, ...(isFree === true && { isFree }) });
    },
    // Whoever stops a run wants the failure, not another try.
    answers: (error) => stoppedBy(context) !== undefined || answers?.(error) === true,
    hasFreshRole: () => hasFreshRole(context),
    isServerNamed: isServerNamed(call.facts),
    isFree: () => isFree,
    shares: sharedBy(context, entry),
    watch: watchOf(context),
    onPause: pauseOf(context),
    onDoubt: (message) => warn(context, message),
  });
  if (ended.outcome !== "failed" || ended.isUnsent !== true) return ended;
  await putBack(context, entry.id, before);
  throw ended.error;
}

/** An intent would bind the entry to an endpoint at which there is nobody. */
async function putBack({ records }: Context, id: string, before: ReturnType<Records["get"]>): Promise<void> {
  if (before === undefined) await records.remove(id);
  else if (!isResourceError(before)) await records.put(before);
}

/** A request as it is kept: sealed, unless it deletes and so holds nothing that anybody may not read. */
function kept({ records, call }: Context, sent: Write): Pick<Intent, "request" | "key"> {
  const text = JSON.stringify({ write: sent, secrets: call.secrets } satisfies Kept);
  if (sent.operation === "DeleteResource") return { request: text };
  return { request: seal(records.key, text), key: checkOf(records.key) };
}

/** Opens what was sealed with an intent; `STATE_KEY` where that takes another key. */
export function keptIn(records: Pick<Records, "key">, { request, key, move, startedAt }: Intent): Kept {
  if (request.startsWith("{")) return JSON.parse(request) as Kept;
  if (key !== undefined && key !== checkOf(records.key)) {
    throw new ResourceError("STATE_KEY", `the ${move} begun at ${startedAt} is sealed with another key`);
  }
  return JSON.parse(unseal(records.key, request)) as Kept;
}

/** The properties that a kept create asked for. */
export function desiredIn({ write: sent }: Kept): Props {
  const desired: unknown = sent.operation === "CreateResource" ? JSON.parse(sent.input.DesiredState) : {};
  return isProps(desired) ? desired : {};
}

/** The patch that a kept update asked for. */
export function patchIn({ write: sent }: Kept): readonly PatchOperation[] {
  return sent.operation === "UpdateResource"
    ? (JSON.parse(sent.input.PatchDocument) as PatchOperation[])
    : [];
}

/** What the write has in common with others that the service may not bear side by side. */
function sharedBy({ call }: Context, entry: Entry): string | undefined {
  const name = call.note?.sharedWrites;
  const value =
    name === undefined ? undefined : (call.desired[name] ?? entry.live[name] ?? entry.desired[name]);
  return typeof value === "string" ? `${name} ${value}` : undefined;
}

/** Tells whether AWS chooses (part of) the identifier, so that nobody else can have had it before. */
export const isServerNamed = ({ primaryIdentifier = [], readOnly = [] }: Facts): boolean =>
  primaryIdentifier.some((pointer) => readOnly.includes(pointer));

/** Tells whether this call uses a role, and this run has just written one: the service may not have heard of it yet. */
function hasFreshRole({ scope, dependencies }: Context): boolean {
  const isIam = (type: string | undefined): boolean => type?.startsWith("AWS::IAM::") === true;
  return (
    dependencies.some((id) => isIam(scope.seen.get(id))) &&
    scope.changes.some(({ type, move, error }) => isIam(type) && move !== "nothing" && !error)
  );
}

/** Tells the listener how a followed operation goes, once as a warning where it takes long. */
export function watchOf({ scope, call }: Context): Watch {
  const { id, type, options } = call;
  const { warnAfter = scope.wishes.warnAfter ?? Infinity, cancelOnAbort = scope.wishes.cancelOnAbort } =
    options;
  const signals = [scope.signal, options.signal].filter((signal) => signal !== undefined);
  let isWarned = false;
  return {
    timeoutMs: options.timeout,
    graceMs: scope.wishes.grace,
    cancels: cancelOnAbort,
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    onProgress: (elapsedMs, message) => {
      const said = message === undefined ? undefined : hushed(call, message);
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
  return ({ error, attempt, waitMs }) =>
    scope.listener({ name: "retry", id, type, reason: hushed(call, error.what), attempt, waitMs });
}

/** Tells the listener that a move begins. */
export function started({ scope, call }: Context, move: Move, patch?: readonly ShownOperation[]): void {
  scope.listener({ name: "started", id: call.id, type: call.type, move, ...(patch && { patch }) });
}

/** Tells the listener of something that does not stop the run but that its user should know. */
export function warn({ scope, call }: Context, message: string): void {
  scope.listener({ name: "warning", id: call.id, type: call.type, message: hushed(call, message) });
}

/** The entry of a resource of which only an intent exists. */
export function pendingEntry({ call, cloud, scope, dependencies }: Context): Entry {
  return {
    version: 1,
    id: call.id,
    type: call.type,
    home: cloud.home,
    status: "pending",
    desired: {},
    digests: {},
    live: {},
    dependencies,
    ...keptOptions(call.options),
    updatedAt: new Date(scope.now()).toISOString(),
  };
}

/** What act and its branches hand back: the entry as recorded and the line for the report. */
export interface Acted {
  readonly entry: Entry;
  readonly change: Omit<Change, "durationMs">;
}

/** The failure of a write of which AWS keeps no record any more. */
export function unsettled({ call }: Context): ResourceError {
  return new ResourceError("STATE_UNSETTLED", "AWS no longer knows the request", {
    type: call.type,
    id: call.id,
  });
}
