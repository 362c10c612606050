import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Entry, Superseded } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import { identifierOf } from "../../schema/identifier.ts";
import { type Creation, create, freshCreation } from "./create.ts";
import { areTagsFixed, movedTags, withTagsAsMade } from "../record/run-tags.ts";
import { requireUnrefused } from "../decide/checks.ts";
import { type Decision, decide } from "../decide/decision.ts";
import { findRecorded } from "../find/read-recorded.ts";
import { isAskedAnew, isOwnDoing } from "./drop-refused.ts";
import { redactPatch } from "../secrets/redact-call.ts";
import { tellFrom } from "../secrets/shown-operations.ts";
import { recordOutcome, type MadeMove } from "./outcome.ts";
import { patchOrLearn } from "./patch.ts";
import { type Replacement, isRetained, replacement } from "../decide/replacement.ts";
import { replaceDeletingFirst } from "./replace-deleting-first.ts";
import { findUnapplied } from "./read-back.ts";
import { adopt } from "./adopt.ts";
import { type Context, tellStarted, warn } from "../context.ts";
import { priorDesiredOf } from "../record/prior.ts";
import { isAdopting } from "../decide/adoption.ts";

/** Does what was decided, one branch a move, and records each outcome. */
export async function makeMove(context: Context, todo: Decision): Promise<MadeMove> {
  await requireUnrefused(context, todo);
  switch (todo.move) {
    case "nothing":
      return keepAsIs(context, todo.prior, todo.found);
    case "create":
      tellStarted(context, "create");
      return create(context, lookedCreation(context, todo.prior));
    case "adopt":
      return adopt(context, todo, todo.prior ? supersededBy(context, todo.prior) : []);
    case "update":
      return update(context, todo);
    case "replace":
      return replace(context, todo);
  }
}

/** A create that was decided upon after a look under the very name that it takes. */
function lookedCreation(context: Context, prior: Entry | undefined): Creation {
  const { facts, desired } = context.call;
  const isFree = prior ? identifierOf(facts, desired) === prior.identifier : isAdopting(context);
  return { ...freshCreation(context, prior), ...(isFree && { isFree }) };
}

function keepAsIs(context: Context, prior: Entry, found: Found): Promise<MadeMove> {
  const { superseded, madeAt, failure } = prior;
  const unapplied = findUnapplied(context.call.desired, prior, found.live);
  return recordOutcome(context, found, { move: "nothing", superseded, madeAt, earlier: failure, unapplied });
}

async function update(context: Context, todo: Decision & { move: "update" }): Promise<MadeMove> {
  const { prior, patch, otherwise, found: before } = todo;
  const { call, records } = context;
  const then = priorDesiredOf(prior, call, records);
  const isAsked = isAskedAnew(call, then);
  const told = tellFrom(patch, { live: before.live, writeOnly: call.facts.writeOnly, former: then });
  tellStarted(
    context,
    "update",
    redactPatch(context.call, told, { live: before.live, digests: prior.digests }),
  );
  try {
    const entry = { ...prior, identifier: before.identifier };
    const update = { entry, before: before.live, patch, isAsked };
    const { unapplied, ...found } = await patchOrLearn(context, update);
    const { superseded, madeAt, failure: earlier } = prior;
    const runTags = movedTags(call, before.live, prior);
    const done = { move: "update", superseded, patch: told, madeAt, earlier, unapplied, runTags } as const;
    return await recordOutcome(context, found, done);
  } catch (error) {
    if (!(error instanceof ResourceError)) throw error;
    if (error.code === "NOT_FOUND") return recreate(context, prior, error);
    if (error.code === "NOT_UPDATABLE" && isOfRunTags(context, todo))
      return updateWithoutTags(context, prior);
    if (error.code !== "NOT_UPDATABLE" || !otherwise || !isOwnDoing(error, isAsked)) throw error;
    warn(context, `cannot be updated in place after all: ${error.what}`);
    return makeMove(context, replacement(context, prior, otherwise));
  }
}

/** Tells whether an update has touched tags for the sake of those of its run. */
const isOfRunTags = ({ call }: Context, { prior, patch, found }: Decision & { move: "update" }): boolean =>
  !areTagsFixed(call.facts) &&
  movedTags(call, found.live, prior).length > 0 &&
  patch.some(({ path }) => path.split("/")[1] === call.facts.tags?.path.split("/")[1]);

/** Tags of a run replace nothing: where a service takes none after all, those stay that the resource was made with. */
async function updateWithoutTags(context: Context, prior: Entry): Promise<MadeMove> {
  const { call } = context;
  const { tags } = call.facts;
  warn(context, "its tags cannot be updated: it keeps those of the run that it was made with");
  const facts = { ...call.facts, ...(tags && { tags: { ...tags, updatable: false } }) };
  const fixed = { ...context, call: withTagsAsMade({ ...call, facts }, prior) };
  return makeMove(fixed, await decide(fixed, prior));
}

/** An update may miss something else than the resource itself, and may miss that only for now. */
async function recreate(context: Context, prior: Entry, error: ResourceError): Promise<MadeMove> {
  if (await findRecorded(context, { ...prior, status: "incomplete" })) throw error;
  return create(context, lookedCreation(context, prior));
}

async function replace(context: Context, todo: Replacement): Promise<MadeMove> {
  tellStarted(context, "replace");
  const { prior, order, because } = todo;
  const acted =
    order === "delete-first"
      ? await replaceDeletingFirst(context, prior)
      : await replaceCreatingFirst(context, prior);
  return { ...acted, change: { ...acted.change, move: "replace", because, order } };
}

/** The entry of the old one carries the intent, so that a run cut off here still knows it. */
async function replaceCreatingFirst(context: Context, prior: Entry): Promise<MadeMove> {
  const superseded = supersededBy(context, prior);
  const acted = await create(context, { holder: prior, restore: prior, superseded });
  if (superseded.length > 0 && !context.scope.finalizes) {
    warn(context, `the old one (${prior.identifier}) stays until a run with app() and finalize() deletes it`);
  }
  return acted;
}

function supersededBy(context: Context, prior: Entry): readonly Superseded[] {
  const { identifier, type } = prior;
  const old = identifier === undefined || isRetained(context, prior) ? [] : [{ identifier, type }];
  return [...(prior.superseded ?? []), ...old];
}
