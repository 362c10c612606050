import type { EndedOperation } from "../../cloudcontrol/protocol.ts";
import type { Entry, Intent } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Records } from "../../scope/scope.ts";
import { type Draft, requestOf } from "./request.ts";
import { type Context, requireGoing, stoppedBy, watchOf, pauseOf, warn } from "../context.ts";
import { sealRequest } from "./intent.ts";
import { isNamedAnew } from "../../schema/bears-name.ts";

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
): Promise<EndedOperation> {
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
      // Looked for before the intent is kept, and kept with it: whoever goes on after this process must know it of what
      // the create has made, and a look that fails leaves nothing to go on with.
      isFree ??= await look?.();
      look = undefined;
      const clientToken = scope.newToken();
      const sent = requestOf(call, draft, clientToken);
      const startedAt = new Date(scope.now()).toISOString();
      const begun = { move: moves[draft.operation], clientToken, startedAt, ...sealRequest(context, sent) };
      await keep({ ...begun, ...(isFree === true && { isFree }) });
      return sent;
    },
    // The disk may have let the intent wait for longer than the stage is ours.
    permit: () => records.requireHeld(),
    accepted: async (requestToken) => {
      if (intent) await keep({ ...intent, requestToken });
    },
    // Whoever stops a run wants the failure, not another try.
    answers: (error) => stoppedBy(context) !== undefined || answers?.(error) === true,
    hasFreshRole: () => hasFreshRole(context),
    isServerNamed: isNamedAnew(call.facts, call.desired),
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

/** What the write has in common with others that the service may not bear side by side. */
function sharedBy({ call }: Context, entry: Entry): string | undefined {
  const name = call.note?.sharedWrites;
  const value =
    name === undefined ? undefined : (call.desired[name] ?? entry.live[name] ?? entry.desired[name]);
  return typeof value === "string" ? `${name} ${value}` : undefined;
}

/** Tells whether this call uses a role, and this run has just written one: the service may not have heard of it yet. */
function hasFreshRole({ scope, dependencies }: Context): boolean {
  const isIam = (type: string | undefined): boolean => type?.startsWith("AWS::IAM::") === true;
  return (
    dependencies.some((id) => isIam(scope.journal.seen.get(id))) &&
    scope.journal.changes.some(({ type, move, error }) => isIam(type) && move !== "nothing" && !error)
  );
}
