import type { EndedOperation, Found } from "../../cloudcontrol/protocol.ts";
import type { Entry, Superseded } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import { identifierOf, isServerNamed } from "../../schema/identifier.ts";
import { look } from "../find/look.ts";
import { isFreeName } from "../find/free-name.ts";
import { recordOutcome, type MadeMove, unsettledError } from "./outcome.ts";
import { requireUnrefused } from "../decide/checks.ts";
import { withAllTags } from "../record/run-tags.ts";
import { claimOf, requireUnowned } from "../record/owner.ts";
import { entryOf, pendingEntry } from "../record/make-entry.ts";
import { isOfItsMaking, recordRemnant } from "./remnant.ts";
import { isRetained } from "../decide/replacement.ts";
import { readShown, unmetIn } from "./read-back.ts";
import { adopt } from "./adopt.ts";
import { write } from "./write.ts";
import { type Context, nameOf, warn } from "../context.ts";
import { isAdopting, decideTakeover } from "../decide/adoption.ts";

/** A create, and what stands in the entry around it. */
export interface Creation {
  /** Carries the intent: the entry of the resource being replaced, or one that holds nothing yet. */
  readonly holder: Entry;
  /** What is recorded again when nothing was created. */
  readonly restore: Entry | undefined;
  /** What the new entry still has to see deleted. */
  readonly superseded: readonly Superseded[];
  /** Whether nobody has the name that the user chose, where a read has just told. */
  readonly isFree?: boolean | undefined;
  /** What an attempt before this one has named, and may have made. */
  readonly tried?: string | undefined;
}

/**
 * A create of something of which nothing can be found; what was recorded leaves its entry to fall back on, and its name
 * to be deleted: nobody knows for certain that nothing bears it.
 */
export function freshCreation(context: Context, prior: Entry | undefined): Creation {
  const superseded = [...(prior?.superseded ?? []), ...leaveBehind(context, prior)];
  const pending = pendingEntry(context);
  const holder = superseded.length > 0 ? { ...pending, superseded } : pending;
  return { holder, restore: prior, superseded };
}

function leaveBehind(context: Context, prior: Entry | undefined): readonly Superseded[] {
  const { facts, note, type } = context.call;
  if (prior?.identifier === undefined || prior.type !== type || note?.part) return [];
  const isSame = identifierOf(facts, context.call.desired) === prior.identifier;
  return isSame || isRetained(context, prior) ? [] : [{ identifier: prior.identifier, type }];
}

/** A failed create. */
type FailedCreate = Extract<EndedOperation, { readonly outcome: "failed" }>;

/** Creates, and settles what a conflict or a failure leaves. */
export async function create(given: Context, creation: Creation, waits = false): Promise<MadeMove> {
  const context = { ...given, call: withAllTags(given.call) };
  const { call } = context;
  const adopting = isAdopting(context);
  let isFree: boolean | undefined;
  let { tried } = creation;
  // With adopt, a conflict is answered by looking again first, and only then by waiting.
  const answers = (error: ResourceError): boolean => {
    if (error.code !== "ALREADY_EXISTS") tried = error.identifier ?? tried;
    return adopting && !waits && isConflict(error);
  };
  const lookUp = async (): Promise<boolean | undefined> =>
    (isFree = creation.isFree ?? (await isFreeName(context)));
  const draft = { operation: "CreateResource", desired: call.desired, isFree: lookUp } as const;
  const ended = await write(context, creation.holder, draft, answers);
  switch (ended.outcome) {
    case "unknown":
      throw unsettledError(context);
    case "succeeded":
      return recordMade(context, creation, ended.identifier ?? identifierOf(call.facts, call.desired));
    case "failed":
      break;
  }
  if (adopting && isConflict(ended.error)) {
    await restore(context, creation);
    const found = await conflicting(context, ended.identifier);
    if (found) {
      const takeover = await decideTakeover(context, found);
      await requireUnrefused(context, takeover);
      return adopt(context, takeover, creation.superseded);
    }
    const isOurs = isFree === true && tried !== undefined;
    if (!waits && ended.error.code === "BUSY") return create(context, { ...creation, isFree, tried }, true);
    if (!isOurs) throw unfindable(ended.error);
  }
  return recordFailed(context, creation, { ended, isFree, tried });
}

/** An operation that succeeded has made something: that is recorded whether or not a read shows it yet. */
async function recordMade(
  context: Context,
  creation: Creation,
  identifier: string | undefined,
): Promise<MadeMove> {
  const { call, cloud, dependencies, records, scope } = context;
  const { superseded } = creation;
  if (identifier === undefined)
    throw new ResourceError("NOT_STABILIZED", "was created, and its name cannot be told yet");
  const madeAt = new Date(scope.now()).toISOString();
  const known = { call, home: cloud.home, dependencies, superseded, madeAt, isUnseen: true } as const;
  const noteUnseen = async (): Promise<void> => {
    await requireClaim(context, creation, { identifier, live: {} });
    const unseen = { ...known, identifier, live: {}, status: "incomplete" } as const;
    await records.put(entryOf(unseen, records.key, scope.now()));
  };
  const found = await cloud.control.readNew(nameOf(context, identifier), undefined, noteUnseen);
  if (!found) {
    throw new ResourceError("NOT_STABILIZED", `was created as ${identifier} but cannot be read yet`, {
      identifier,
    });
  }
  await requireClaim(context, creation, found);
  const { unapplied, ...shown } = await readShown(context, found, (live) => unmetIn(call, live));
  return recordOutcome(context, shown, { move: "create", superseded, madeAt, unapplied });
}

/** Some services answer a create with what was there already, and that may be another id's. */
async function requireClaim(context: Context, creation: Creation, found: Found): Promise<void> {
  try {
    requireUnowned(context.records, claimOf(context, found));
  } catch (error) {
    await restore(context, creation);
    throw error;
  }
}

/** What a failed create says of itself, and what is known of the name that it took. */
interface CreateFailure {
  readonly ended: FailedCreate;
  readonly isFree: boolean | undefined;
  /** What an attempt before this one has named, and may have made. */
  readonly tried: string | undefined;
}

/**
 * A failed create may have left something. It is ours where AWS named it, or where nobody had the name before: what was
 * there before is never recorded, whatever the failure names.
 */
async function recordFailed(context: Context, creation: Creation, failure: CreateFailure): Promise<never> {
  const { error } = failure.ended;
  const isTaken = error.code === "ALREADY_EXISTS";
  const { identifier, isMade, isOurs } = claimIn(context, failure);
  if (isTaken && identifier !== undefined && creation.restore?.identifier === identifier) {
    await restore(context, creation);
    throw new ResourceError("NOT_STABILIZED", `${identifier} exists and cannot be read yet`, {
      identifier,
      cause: error,
    });
  }
  if (identifier !== undefined && isOurs) {
    const isRecorded = await recordRemnant(context, { ...creation, error, identifier });
    if (isRecorded) throw error;
  }
  await restore(context, creation);
  if (identifier !== undefined && !isMade && !isTaken)
    warn(context, `${identifier} may have been there before: it is not recorded here and stays as it is`);
  throw error;
}

/** What a failed create names, whether it has made it, and whether that can only be this very one. */
function claimIn(
  context: Context,
  { ended, isFree, tried }: CreateFailure,
): { readonly identifier: string | undefined; readonly isMade: boolean; readonly isOurs: boolean } {
  const isTaken = ended.error.code === "ALREADY_EXISTS";
  const isOfTry = isFree === true && tried !== undefined;
  // Who finds the name taken need not say by what; nobody had it before the first attempt.
  const identifier = ended.identifier ?? (isTaken && isOfTry ? tried : undefined);
  const isMade = identifier !== undefined && isOfItsMaking(context, identifier, isFree);
  return { identifier, isMade, isOurs: isMade && (!isTaken || isOfTry) };
}

/** AlreadyExists, and the conflicts that some services answer in its stead. */
const isConflict = (error: ResourceError): boolean =>
  error.code === "ALREADY_EXISTS" || error.code === "BUSY";

/** What the conflict names, else what can be found by the natural key. */
async function conflicting(context: Context, identifier: string | undefined): Promise<Found | undefined> {
  if (identifier === undefined) return look(context);
  const { control } = context.cloud;
  const name = nameOf(context, identifier);
  // One that AWS named was made by this very create, and reads lag behind writes.
  const named = await (isServerNamed(context.call.facts) ? control.readNew(name) : control.read(name));
  return named ?? look(context);
}

/** The name is taken by something that cannot be found from here (alchemy-async #1447). */
function unfindable(error: ResourceError): ResourceError {
  if (error.code !== "ALREADY_EXISTS") return error;
  return new ResourceError("ALREADY_EXISTS", `${error.what}; it cannot be found to adopt`, {
    identifier: error.identifier,
    requestToken: error.requestToken,
    advice: "It may belong to another account or region, or its name may be held after a deletion.",
    cause: error,
  });
}

const restore = ({ records, call }: Context, creation: Creation): Promise<void> =>
  creation.restore ? records.put(creation.restore) : records.remove(call.id);
