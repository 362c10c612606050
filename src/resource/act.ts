import type { Ended, Found } from "../cloudcontrol/protocol.ts";
import type { Entry, Superseded } from "../entry.ts";
import { ResourceError } from "../errors.ts";
import type { Change, PatchOperation } from "../events.ts";
import type { Pointer } from "../json.ts";
import { identifierOf } from "../schema/identifier.ts";
import { type Takeover, type Todo, isAdopting, takeover } from "./decide.ts";
import { askedAnew, isOwnDoing, lessRefused } from "./learn.ts";
import { look } from "./look.ts";
import { shownPatch } from "./mask.ts";
import { withFrom } from "./operations.ts";
import { claimOf, requireUnowned } from "./owner.ts";
import { type Known, attempted, desiredThen, entryOf, leftAlone } from "./record.ts";
import { removeLive, removeSuperseded } from "./remove.ts";
import { type Replacement, isRetained, replacement } from "./replacement.ts";
import {
  type Acted,
  type Context,
  isServerNamed,
  nameOf,
  pendingEntry,
  started,
  warn,
  write,
} from "./write.ts";

/** Does what was decided, one branch a move, and records each outcome. */
export async function act(context: Context, todo: Todo): Promise<Acted> {
  switch (todo.move) {
    case "nothing":
      return kept(context, todo.prior, todo.found);
    case "create":
      started(context, "create");
      return create(context, freshCreation(context, todo.prior));
    case "adopt":
      return adopt(context, todo, todo.prior ? replacingCreation(context, todo.prior).superseded : []);
    case "update":
      return update(context, todo);
    case "replace":
      return replace(context, todo);
  }
}

/** What was done, and what the entry says of it. */
type Done = Pick<Known, "superseded" | "madeAt"> & Pick<Change, "move" | "patch">;

/** Records what is there, as settled or incomplete, and says what was done. */
async function record(context: Context, found: Found, { move, patch, ...more }: Done): Promise<Acted> {
  const { call, cloud, dependencies, records, scope } = context;
  const known = { call, home: cloud.home, dependencies, status: "settled", ...more, ...found } as const;
  const asked = entryOf(known, records.key, scope.now());
  const entry = move === "create" ? asked : leftAlone(call, asked, records.get(call.id));
  await records.put(entry);
  const about = { id: call.id, type: call.type, move, identifier: found.identifier };
  return {
    entry,
    change: {
      ...about,
      ...(patch && { patch: shownPatch(context.call, patch, { live: found.live, digests: entry.digests }) }),
    },
  };
}

const nowIn = ({ scope }: Context): string => new Date(scope.now()).toISOString();

const kept = (context: Context, prior: Entry, found: Found): Promise<Acted> =>
  record(context, found, { move: "nothing", superseded: prior.superseded, madeAt: prior.madeAt });

/** A create, and what stands in the entry around it. */
interface Creation {
  /** Carries the intent: the entry of the resource being replaced, or one that holds nothing yet. */
  readonly holder: Entry;
  /** What is recorded again when nothing was created. */
  readonly restore: Entry | undefined;
  /** What the new entry still has to see deleted. */
  readonly superseded: readonly Superseded[];
}

/** A create of something of which nothing exists; a vanished one leaves its entry to fall back on. */
function freshCreation(context: Context, prior: Entry | undefined): Creation {
  const superseded = prior?.superseded ?? [];
  const pending = pendingEntry(context);
  const holder = superseded.length > 0 ? { ...pending, superseded } : pending;
  return { holder, restore: prior, superseded };
}

async function create(context: Context, creation: Creation, waits = false): Promise<Acted> {
  const { call } = context;
  const adopting = isAdopting(context);
  const draft = { operation: "CreateResource", desired: call.desired } as const;
  // With adopt, a conflict is answered by looking again first, and only then by waiting.
  const answers = (error: ResourceError): boolean => adopting && !waits && isConflict(error);
  const ended = await write(context, creation.holder, draft, answers);
  if (ended.outcome === "unknown") throw unsettled(context);
  if (ended.outcome === "succeeded") {
    const identifier = ended.identifier ?? identifierOf(call.facts, call.desired);
    const found = await created(context, identifier);
    await claimed(context, creation, found);
    const madeAt = nowIn(context);
    return record(context, found, { move: "create", superseded: creation.superseded, madeAt });
  }
  const { error, identifier } = ended;
  if (!isConflict(error) || (!adopting && isOwnMaking(call, error))) {
    await incomplete(context, creation, identifier);
    throw error;
  }
  await restore(context, creation);
  const found = adopting ? await conflicting(context, identifier) : undefined;
  if (found) return adopt(context, await takeover(context, found), creation.superseded);
  if (adopting && !waits && error.code === "BUSY") return create(context, creation, true);
  throw adopting ? unfindable(error) : error;
}

/** What a create names that AWS was to name, it has made itself; the conflict came after (a tag, a policy). */
const isOwnMaking = ({ facts }: Context["call"], { code, identifier }: ResourceError): boolean =>
  code === "BUSY" && identifier !== undefined && isServerNamed(facts);

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

async function created(context: Context, identifier: string | undefined): Promise<Found> {
  const found = identifier && (await context.cloud.control.readNew(nameOf(context, identifier)));
  if (found) return found;
  throw new ResourceError("NOT_STABILIZED", "was created but cannot be read yet", { identifier });
}

/** Some services answer a create with what was there already, and that may be another id's. */
async function claimed(context: Context, creation: Creation, found: Found): Promise<void> {
  try {
    requireUnowned(context.records, claimOf(context, found));
  } catch (error) {
    await restore(context, creation);
    throw error;
  }
}

/** A failed create may have left something: what can be read is recorded as incomplete, what cannot under its name alone. */
async function incomplete(
  context: Context,
  creation: Creation,
  identifier: string | undefined,
): Promise<void> {
  if (identifier === undefined) return restore(context, creation);
  const found = await context.cloud.control.read(nameOf(context, identifier));
  const { call, cloud, dependencies, records, scope } = context;
  const { superseded } = creation;
  const madeAt = nowIn(context);
  if (!found) {
    // Reads lag behind writes: the next run looks once more under this name before it creates another.
    await records.put({
      ...pendingEntry(context),
      identifier,
      madeAt,
      ...(superseded.length > 0 && { superseded }),
    });
    return;
  }
  const around = { call, home: cloud.home, dependencies, superseded, madeAt };
  const known = { ...around, status: "incomplete", ...found } as const;
  await records.put(entryOf(known, records.key, scope.now()));
}

const restore = ({ records, call }: Context, creation: Creation): Promise<void> =>
  creation.restore ? records.put(creation.restore) : records.remove(call.id);

function unsettled({ call }: Context): ResourceError {
  return new ResourceError("STATE_UNSETTLED", "AWS no longer knows the request", {
    type: call.type,
    id: call.id,
  });
}

async function adopt(
  context: Context,
  { found, patch }: Takeover,
  old: readonly Superseded[],
): Promise<Acted> {
  // What is taken over is wanted again: it waits no longer to be deleted.
  const superseded = old.filter(
    ({ identifier, type }) => identifier !== found.identifier || type !== context.call.type,
  );
  const { call, cloud, dependencies, records, scope } = context;
  requireUnowned(records, claimOf(context, found));
  const told = withFrom(patch, { live: found.live, writeOnly: call.facts.writeOnly });
  started(context, "adopt", shownPatch(context.call, told, found));
  if (patch.length === 0) return record(context, found, { move: "adopt", patch, superseded });
  // Ours from here on, with nothing owned yet: a run cut off now updates it, and removes nothing.
  const known = { home: cloud.home, dependencies, status: "incomplete", superseded, ...found } as const;
  const taken = entryOf({ ...known, call: { ...call, desired: {} } }, records.key, scope.now());
  await records.put(taken);
  const live = await patchedOrLearned(context, taken, patch, () => true);
  return record(context, live, { move: "adopt", patch: told, superseded });
}

async function update(context: Context, todo: Todo & { move: "update" }): Promise<Acted> {
  const { prior, patch, otherwise } = todo;
  const { call, records } = context;
  const then = desiredThen(prior, call.desired, records);
  const isAsked = askedAnew(call, then);
  const told = withFrom(patch, { live: todo.found.live, writeOnly: call.facts.writeOnly, former: then });
  started(
    context,
    "update",
    shownPatch(context.call, told, { live: todo.found.live, digests: prior.digests }),
  );
  try {
    const entry = { ...prior, identifier: todo.found.identifier };
    const found = await patchedOrLearned(context, entry, patch, isAsked);
    const { superseded, madeAt } = prior;
    return await record(context, found, { move: "update", superseded, patch: told, madeAt });
  } catch (error) {
    if (!(error instanceof ResourceError)) throw error;
    if (error.code === "NOT_FOUND") return create(context, freshCreation(context, prior));
    if (error.code !== "NOT_UPDATABLE" || !otherwise || !isOwnDoing(error, isAsked)) throw error;
    warn(context, `cannot be updated in place after all: ${error.what}`);
    return replace(context, replacement(context, prior, otherwise));
  }
}

/** A refusal that names places is learned from once: they leave the patch, and the rest of it is sent again. */
async function patchedOrLearned(
  context: Context,
  entry: Entry,
  patch: readonly PatchOperation[],
  isAsked: (pointer: Pointer) => boolean,
): Promise<Found> {
  try {
    return await patched(context, entry, patch);
  } catch (error) {
    const left = error instanceof ResourceError ? lessRefused(patch, error, isAsked) : undefined;
    if (!(error instanceof ResourceError) || !left) throw error;
    warn(context, `${error.paths?.join(", ")} cannot be updated and was left out`);
    return patched(context, entry, left);
  }
}

/** Sends a patch and reads the result; a failure leaves the entry marked, so that the next run looks again. */
async function patched(context: Context, entry: Entry, patch: readonly PatchOperation[]): Promise<Found> {
  const identifier = entry.identifier ?? "";
  const ended: Ended =
    patch.length === 0
      ? { outcome: "succeeded", identifier }
      : await write(context, entry, { operation: "UpdateResource", identifier, patch });
  if (ended.outcome !== "succeeded") {
    await context.records.put({ ...attempted(entry, patch), status: "incomplete" });
    throw ended.outcome === "failed" ? ended.error : unsettled(context);
  }
  const found = await context.cloud.control.readNew(nameOf(context, ended.identifier ?? identifier));
  if (found) return found;
  throw new ResourceError("NOT_STABILIZED", "was updated but cannot be read", { identifier });
}

async function replace(context: Context, { prior, order, because }: Replacement): Promise<Acted> {
  started(context, "replace");
  const isDeletedFirst = order === "delete-first";
  if (isDeletedFirst) await removeLive(context, await removeSuperseded(context, prior));
  const creation = isDeletedFirst ? freshCreation(context, undefined) : replacingCreation(context, prior);
  const acted = await create(context, creation);
  if (creation.superseded.length > 0 && !context.scope.finalizes) {
    warn(context, `the old one (${prior.identifier}) stays until a run with app() and finalize() deletes it`);
  }
  return { ...acted, change: { ...acted.change, move: "replace", because, order } };
}

/** The entry of the old one carries the intent, so that a run cut off here still knows it. */
function replacingCreation(context: Context, prior: Entry): Creation {
  const { identifier, type } = prior;
  const old = identifier === undefined || isRetained(context, prior) ? [] : [{ identifier, type }];
  return { holder: prior, restore: prior, superseded: [...(prior.superseded ?? []), ...old] };
}
