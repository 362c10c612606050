import { withArticle } from "../../wording.ts";
import type { EndedOperation, Found, Progress } from "../../cloudcontrol/protocol.ts";
import type { Entry, Intent, Superseded } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { valueAt } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { identifierOf, isServerNamed } from "../../schema/identifier.ts";
import { isNamedAnew } from "../../schema/bears-name.ts";
import { noteOf } from "../../services/notes.ts";
import { requireNoOtherOwner } from "../find/other-owner.ts";
import { isStrangers } from "../find/read-recorded.ts";
import { isFreeName } from "../find/free-name.ts";
import { look } from "../find/look.ts";
import { claimOf, requireUnowned } from "../record/owner.ts";
import { type KnownResource, claimAttempted, entryOf, keptOptions } from "../record/make-entry.ts";
import { failureOf, isOfItsMaking } from "./remnant.ts";
import { isRetained } from "../decide/replacement.ts";
import { textsIn } from "../secrets/redact.ts";
import { type Context, nameOf, pauseOf, tellStep, warn, watchOf } from "../context.ts";
import { type KeptRequest, desiredIn, openRequest, patchIn, restoreCall } from "./intent.ts";
import { planAdoption, isAdopting } from "../decide/adoption.ts";

/** A client token names its operation for so long; after that the same request would be a new one. */
const tokenLifeMs = 36 * 3_600_000;

/**
 * Settles a write that an earlier run began and could not see to its end, whatever the script says now. Returns the
 * entry as it then stands, or undefined when nothing is left of it.
 */
export async function resume(today: Context, entry: Entry): Promise<Entry | undefined> {
  const { intent } = entry;
  if (!intent) return entry;
  const kept = openIntent(today, intent);
  if (isResourceError(kept)) return withoutRequest(today, entry, { intent, error: kept });
  const context = callOfThen(today, entry, kept);
  warn(context, `settling ${withArticle(intent.move)} that an earlier run left unfinished`);
  tellStep(context, { step: "under way" });
  const known = await withLook(context, entry, intent, kept);
  const ended = await outcomeOf(context, known, known.intent ?? intent, kept);
  tellStep(context, { step: "read back" });
  switch (intent.move) {
    case "create":
      return settleCreate(context, known, kept, ended);
    case "update":
      return settleUpdate(context, claimAttempted(entry, patchIn(kept)), ended);
    case "delete":
      return settleDelete(context, entry, kept, ended);
  }
}

/** The request of an intent; of what is only to be deleted also why it cannot be opened. */
function openIntent({ records, scope, call }: Context, intent: Intent): KeptRequest | ResourceError {
  try {
    return openRequest(records, intent);
  } catch (error) {
    if (scope.journal.seen.has(call.id) || !isResourceError(error) || error.code !== "STATE_KEY") throw error;
    return error;
  }
}

/**
 * Settles a write whose request takes a key that is not there, so that what it has made can be deleted: an update by
 * nothing, a create by what AWS says of its operation. Where it says nothing, nobody can tell what there is.
 */
async function withoutRequest(
  context: Context,
  entry: Entry,
  { intent, error }: { readonly intent: Intent; readonly error: ResourceError },
): Promise<Entry | undefined> {
  if (intent.move !== "create") return recordUnfinished(context, entry);
  if (intent.requestToken === undefined) throw error;
  const ended = await context.cloud.control.follow(intent.requestToken, watchOf(context));
  if (ended.outcome === "unknown" || (ended.outcome === "failed") === (ended.identifier !== undefined))
    throw error;
  if (ended.identifier === undefined) return withdrawEntry(context, entry);
  const superseded = supersededBy(context, entry);
  const found = { ...entry, identifier: ended.identifier };
  return recordUnfinished(context, superseded.length > 0 ? { ...found, superseded } : found);
}

/** The call as it was when the write began: of the type that its id had then, and guarded no less than it was. */
function callOfThen(context: Context, entry: Entry, { write }: KeptRequest): Context {
  const { call } = context;
  const options = { ...call.options, ...keptOptions(entry) };
  const { TypeName: type } = write.input;
  if (write.operation === "DeleteResource" || type === call.type)
    return { ...context, call: { ...call, options } };
  const known = { type, facts: bundledFacts(type) ?? { type }, note: noteOf(type) };
  return { ...context, call: { ...call, ...known, desired: {}, tagging: undefined, options } };
}

/**
 * The entry of a create with what was not found out before its process ended: that nobody has the name. What has it
 * after the create has gone out once more is of its making, be it of the first sending.
 */
async function withLook(context: Context, entry: Entry, intent: Intent, kept: KeptRequest): Promise<Entry> {
  if (intent.move !== "create" || intent.isFree === true || intent.requestToken !== undefined) return entry;
  const isFree = await isFreeName({ ...context, call: { ...context.call, desired: desiredIn(kept) } });
  return isFree === true ? { ...entry, intent: { ...intent, isFree } } : entry;
}

/** Follows the operation; where its token was lost or has expired, the same request under the same client token finds it. */
async function outcomeOf(
  context: Context,
  entry: Entry,
  intent: Intent,
  kept: KeptRequest,
): Promise<EndedOperation> {
  const { control } = context.cloud;
  if (intent.requestToken !== undefined) {
    const ended = await control.follow(intent.requestToken, watchOf(context));
    if (ended.outcome !== "unknown") return ended;
  }
  const age = context.scope.now() - Date.parse(intent.startedAt);
  // A part has no request of its own that could be sent again: its owner shows how far it came.
  const isPart = context.call.note?.part !== undefined;
  if (intent.move === "update" || isPart || age >= tokenLifeMs) return { outcome: "unknown" };
  await context.cloud.admit();
  const sent = await resent(context, kept);
  if ("outcome" in sent) return sent;
  await rememberToken(context, entry, intent, sent);
  return control.follow(sent, watchOf(context));
}

/** Sends the request again. Only a refusal of the request itself says that nothing has come of it. */
async function resent(context: Context, kept: KeptRequest): Promise<Progress | EndedOperation> {
  try {
    const permit = (): void => context.records.requireHeld();
    return await context.cloud.control.resend(kept.write, pauseOf(context), permit);
  } catch (error) {
    const refusals: readonly string[] = ["invalid", "conflict", "missing"];
    if (!isResourceError(error) || !refusals.includes(error.kind)) throw error;
    return { outcome: "failed", identifier: error.identifier, error };
  }
}

async function rememberToken(
  context: Context,
  entry: Entry,
  intent: Intent,
  progress: Progress,
): Promise<void> {
  const { requestToken } = progress;
  if (requestToken !== undefined)
    await context.records.put({ ...entry, intent: { ...intent, requestToken } });
}

async function settleCreate(
  context: Context,
  entry: Entry,
  kept: KeptRequest,
  ended: EndedOperation,
): Promise<Entry | undefined> {
  const desired = desiredIn(kept);
  const then = { ...context, call: restoreCall(context.call, entry, kept) };
  for (const text of kept.secrets.flatMap((path) => textsIn(valueAt(desired, path) ?? null)))
    context.scope.journal.confidential.add(text);
  const superseded = supersededBy(context, entry);
  switch (ended.outcome) {
    case "succeeded":
      return recordSettled(then, entry, { superseded, ...(await settleCreatedAs(then, ended.identifier)) });
    case "failed":
      return leftBy(then, entry, { superseded, ended });
    case "unknown": {
      const found = await lookFor(then, entry);
      if (!found) return withdrawEntry(context, entry);
      return recordSettled(then, entry, { superseded, ...found, status: "incomplete" });
    }
  }
}

/** What a create that succeeded has made: it exists, whether or not a read shows it yet. */
async function settleCreatedAs(context: Context, named: string | undefined): Promise<SettledCreate> {
  const identifier = named ?? identifierOf(context.call.facts, context.call.desired);
  const found = await (identifier === undefined
    ? look(context)
    : context.cloud.control.readNew(nameOf(context, identifier)));
  if (found) return { ...found, status: "settled" };
  if (identifier !== undefined) return { identifier, live: {}, status: "incomplete", isUnseen: true };
  throw new ResourceError("NOT_STABILIZED", "was created, and its name cannot be told yet");
}

/**
 * What a failed create may have left, which is ours where AWS named it, or where nobody had the name before. Some time
 * has passed since: what others have by now is not.
 */
async function leftBy(
  context: Context,
  entry: Entry,
  { superseded, ended }: { superseded: readonly Superseded[]; ended: EndedOperation & { outcome: "failed" } },
): Promise<Entry | undefined> {
  const { call, cloud } = context;
  const { identifier, error } = ended;
  const isFree = entry.intent?.isFree ?? (isServerNamed(call.facts) ? undefined : false);
  if (identifier === undefined || error.code === "ALREADY_EXISTS") return withdrawEntry(context, entry);
  if (!isOfItsMaking(context, identifier, isFree)) return withdrawEntry(context, entry);
  const found = await cloud.control.readNew(nameOf(context, identifier));
  const failure = failureOf(context, error);
  const claim = { superseded, identifier, live: {}, failure, status: "pending" } as const;
  if (!found) return recordSettled(context, entry, claim);
  const { records } = context;
  const named = entryOf({ ...claim, call, home: cloud.home, dependencies: [] }, records.key, 0);
  if (await isStrangers(context, named, found)) return withdrawEntry(context, entry);
  return recordSettled(context, entry, { ...claim, ...found, status: "incomplete" });
}

/**
 * After 36 h only the world can tell: what is found is ours to say, but nothing is created on a guess. A part may be
 * made again, for its name is all that it needs; one that holds something else was made by somebody else.
 */
async function lookFor(context: Context, { intent }: Entry): Promise<Found | undefined> {
  const found = await look(context);
  if (context.call.note?.part)
    return found && planAdoption(context, found).patch.length === 0 ? found : undefined;
  const isMine = intent?.isFree === true && !isNamedAnew(context.call.facts, context.call.desired);
  if (found && (isMine || isAdopting(context))) {
    requireUnowned(context.records, claimOf(context, found));
    await requireNoOtherOwner(context, found);
    return found;
  }
  throw new ResourceError(
    "STATE_UNSETTLED",
    `a create was cut off over 36 h ago, and ${found ? `nobody can tell whether it made ${found.identifier}` : "its resource cannot be found"}`,
  );
}

/** The old one of a replacement that got as far as its create. */
function supersededBy(context: Context, entry: Entry): readonly Superseded[] {
  const before = entry.superseded ?? [];
  return entry.identifier === undefined || isRetained(context, entry)
    ? before
    : [...before, { identifier: entry.identifier, type: entry.type }];
}

/** What is known of what a create has made or left. */
type SettledCreate = Pick<KnownResource, "identifier" | "live" | "status" | "isUnseen" | "failure">;

async function recordSettled(
  context: Context,
  { intent, id, type, identifier }: Entry,
  settled: SettledCreate & Pick<KnownResource, "superseded">,
): Promise<Entry> {
  const { call, cloud, records, scope, dependencies } = context;
  const now = scope.now();
  const isOld = identifier === settled.identifier && type === call.type;
  if (!isOld) requireUnowned(records, { ...claimOf(context, settled), id });
  const madeAt = settled.isUnseen && intent ? intent.startedAt : new Date(now).toISOString();
  const entry = entryOf({ call, home: cloud.home, dependencies, madeAt, ...settled }, records.key, now);
  await records.put(entry);
  return entry;
}

/** Nothing came of the create: what was there before it stands, if anything was. */
async function withdrawEntry(context: Context, entry: Entry): Promise<Entry | undefined> {
  if (entry.identifier !== undefined || entry.superseded) return recordUnfinished(context, entry);
  if (Object.keys(entry.desired).length > 0) return keepModel(context, entry);
  await context.records.remove(entry.id);
  return undefined;
}

/** The old one of a replacement that was deleted first: nothing is left of it but its model. */
async function keepModel({ records }: Context, entry: Entry): Promise<Entry> {
  const { intent: _, ...left } = entry;
  await records.put(left);
  return left;
}

/** What an update that succeeded has named was there then, whatever the reads since have said. */
function settleUpdate(context: Context, entry: Entry, { outcome }: EndedOperation): Promise<Entry> {
  return recordUnfinished(context, outcome === "succeeded" ? { ...entry, isUnseen: true } : entry);
}

/** Without its intent, but not as desired for certain: the next decision reads live. */
async function recordUnfinished({ records }: Context, entry: Entry): Promise<Entry> {
  const { intent: _, ...rest } = entry;
  const left: Entry = { ...rest, status: "incomplete" };
  await records.put(left);
  return left;
}

async function settleDelete(
  context: Context,
  entry: Entry,
  kept: KeptRequest,
  ended: EndedOperation,
): Promise<Entry | undefined> {
  const target = kept.write.operation === "DeleteResource" ? kept.write.input : undefined;
  const gone =
    ended.outcome === "succeeded" || (ended.outcome === "failed" && ended.error.code === "NOT_FOUND");
  if (!gone || !target) return recordUnfinished(context, entry);
  const isTarget = ({ identifier, type }: Pick<Entry, "identifier" | "type">): boolean =>
    identifier === target.Identifier && type === target.TypeName;
  if (isTarget(entry)) {
    await context.records.remove(entry.id);
    return undefined;
  }
  const superseded = (entry.superseded ?? []).filter((old) => !isTarget(old));
  const { superseded: _, ...rest } = entry;
  return recordUnfinished(context, superseded.length > 0 ? { ...rest, superseded } : rest);
}
