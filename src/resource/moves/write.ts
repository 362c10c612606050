import type { EndedOperation } from "../../cloudcontrol/protocol.ts";
import type { Entry, Intent } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { BegunStep } from "../../events.ts";
import { type Draft, requestOf } from "./request.ts";
import { type Context, requireGoing, stoppedBy, tellStep, watchOf, pauseOf, warn } from "../context.ts";
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
  const kept = keepIntentOf(context, entry);
  let look = draft.operation === "CreateResource" ? draft.isFree : undefined;
  let isFree: boolean | undefined;
  let lost: unknown;
  const ended = await cloud.perform({
    type: (draft.operation === "DeleteResource" ? draft.type : undefined) ?? call.type,
    prepare: async () => {
      requireGoing(context);
      const clientToken = scope.newToken();
      const sent = requestOf(call, draft, clientToken);
      const startedAt = new Date(scope.now()).toISOString();
      const begun = { move: moves[draft.operation], clientToken, startedAt, ...sealRequest(context, sent) };
      await kept.put({ ...begun, ...(isFree === true && { isFree }) });
      isFree = look
        ? await lookBefore(kept, look).catch((error: unknown) => rethrow((lost = error)))
        : isFree;
      look = undefined;
      return sent;
    },
    // The disk may have let the intent wait for longer than the stage is ours, and its turn may come after a stop.
    permit: () => {
      records.requireHeld();
      requireGoing(context);
    },
    accepted: async (requestToken) => {
      context.turn?.end();
      await kept.add({ requestToken });
    },
    // Whoever stops a run wants the failure, not another try; nor does it help where a look has been tried for minutes.
    answers: (error) => error === lost || stoppedBy(context) !== undefined || answers?.(error) === true,
    hasFreshRole: () => hasFreshRole(context),
    isServerNamed: isNamedAnew(call.facts, call.desired),
    isFree: () => isFree,
    shares: tellShared(context, sharedBy(context, entry)),
    onStep: (step) => tellStep(context, step === "queued" ? paced : { step }),
    watch: watchOf(context),
    onPause: pauseOf(context),
    onDoubt: (message) => warn(context, message),
  });
  tellStep(context, { step: "read back" });
  if (ended.outcome !== "failed" || ended.isUnsent !== true) return ended;
  await kept.withdraw();
  throw ended.error;
}

/** The intent of a write as its entry keeps it. */
interface KeptIntent {
  put(intent: Intent): Promise<void>;
  add(more: Partial<Intent>): Promise<void>;
  /** Puts back what was there before: nothing has been sent. */
  withdraw(): Promise<void>;
}

function keepIntentOf({ scope, records }: Context, entry: Entry): KeptIntent {
  const before = records.get(entry.id);
  let kept: Intent | undefined;
  const put = async (intent: Intent): Promise<void> => {
    kept = intent;
    await records.put({ ...entry, intent, updatedAt: new Date(scope.now()).toISOString() });
  };
  return {
    put,
    add: async (more) => {
      if (kept) await put({ ...kept, ...more });
    },
    // An intent would bind the entry to an endpoint at which there is nobody.
    withdraw: async () => {
      if (before === undefined) await records.remove(entry.id);
      else if (!isResourceError(before)) await records.putBack(before);
    },
  };
}

/**
 * Looks whether nobody has the name, and keeps it before anything is sent: who goes on after this process must know it
 * of what the create has made. What could not be looked for is not sent, and leaves nothing to go on with.
 */
async function lookBefore(
  kept: KeptIntent,
  look: () => Promise<boolean | undefined>,
): Promise<boolean | undefined> {
  try {
    const isFree = await look();
    if (isFree === true) await kept.add({ isFree });
    return isFree;
  } catch (error) {
    await kept.withdraw();
    throw error;
  }
}

const rethrow = (error: unknown): never => {
  throw error;
};

/** What the write has in common with others that the service may not bear side by side. */
function sharedBy({ call }: Context, entry: Entry): string | undefined {
  const name = call.note?.sharedWrites;
  const value =
    name === undefined ? undefined : (call.desired[name] ?? entry.live[name] ?? entry.desired[name]);
  return typeof value === "string" ? `${name} ${value}` : undefined;
}

/** Its write may have to wait for theirs. */
function tellShared(context: Context, shares: string | undefined): string | undefined {
  if (shares !== undefined) tellStep(context, { step: "queued", why: `its turn among writes to ${shares}` });
  return shares;
}

const paced: BegunStep = { step: "queued", why: "the pace that AWS bears" };

/** Tells whether this call uses a role, and this run has just written one: the service may not have heard of it yet. */
function hasFreshRole({ scope, dependencies }: Context): boolean {
  const isIam = (type: string | undefined): boolean => type?.startsWith("AWS::IAM::") === true;
  return (
    dependencies.some((id) => isIam(scope.journal.seen.get(id))) &&
    scope.journal.changes.some(({ type, move, error }) => isIam(type) && move !== "nothing" && !error)
  );
}
