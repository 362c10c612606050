import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { type Pointer, type Props, canonical, valueAt } from "../../json.ts";
import { compareDigest, noDigest } from "../../state/sealing.ts";
import { create } from "./create.ts";
import { removeLive, removeSuperseded } from "./remove.ts";
import { report } from "../report.ts";
import { type Context, warn } from "../context.ts";
import type { MadeMove } from "./outcome.ts";
import { isServerNamed } from "../../schema/identifier.ts";
import { priorDesiredOf } from "../record/prior.ts";

/**
 * Deletes the old one, then creates the new one. Where that fails the old one is gone: the report says so, the entry
 * keeps its model, and it is made again from it where all of it is known.
 */
export async function replaceDeletingFirst(context: Context, prior: Entry): Promise<MadeMove> {
  const { records, scope } = context;
  const startedAt = scope.now();
  await removeLive(context, await removeSuperseded(context, prior));
  const bare = withoutName(prior);
  await records.put(bare);
  try {
    return await create(context, { holder: bare, restore: bare, superseded: [], isFree: true });
  } catch (error) {
    const { id, type, identifier } = prior;
    const about = { id, type, ...(identifier !== undefined && { identifier }) };
    report(scope, { ...about, move: "delete", durationMs: scope.now() - startedAt });
    if (!isResourceError(error) || !hasNothing(context)) throw error;
    throw withMore(error, await makeAgain(context, prior, bare));
  }
}

/** The model of what is no longer there, to make it again by. */
function withoutName(prior: Entry): Entry {
  const { identifier: _, intent: __, superseded: ___, madeAt: ____, ...model } = prior;
  return { ...model, status: "pending" };
}

/**
 * Whether nothing has come of the create: it has named nothing, or only the name that its user chose and that no read
 * shows. Whoever takes that name again learns it where something is there after all.
 */
function hasNothing({ records, call }: Context): boolean {
  const entry = records.get(call.id);
  if (entry === undefined || isResourceError(entry) || entry.intent) return false;
  return entry.identifier === undefined || (entry.status === "pending" && !isServerNamed(call.facts));
}

/** Which of the tags that it had were those of its run. */
const taggingOf = ({ runTags }: Entry, desired: Props): Context["call"]["tagging"] =>
  runTags && { own: desired, asked: runTags };

/** Makes the old one again, as far as its values are known, and says what became of it. */
async function makeAgain(context: Context, prior: Entry, bare: Entry): Promise<string> {
  const { call, records, scope } = context;
  const lost = lostIn(context, prior);
  const gone = `the old one (${prior.identifier}) was deleted first`;
  if (lost.length > 0)
    return `${gone} and cannot be made again: its values at ${lost.join(", ")} are not recorded`;
  const startedAt = scope.now();
  warn(context, "the new one cannot be made: the old one is made again");
  const desired = priorDesiredOf(prior, call, records);
  const then = {
    ...context,
    call: { ...call, type: prior.type, desired, tagging: taggingOf(prior, desired) },
  };
  try {
    const { change } = await create(then, { holder: bare, restore: bare, superseded: [], isFree: true });
    report(scope, { ...change, durationMs: scope.now() - startedAt });
    return `${gone}, and has been made again`;
  } catch (error) {
    return `${gone} and could not be made again: ${isResourceError(error) ? error.what : String(error)}`;
  }
}

/** Where state holds no more than a digest, and the script no longer says what was asked. */
function lostIn({ call, records }: Context, { digests }: Entry): Pointer[] {
  return Object.entries(digests)
    .filter(([pointer, then]) => {
      const now = valueAt(call.desired, pointer);
      if (then === noDigest) return false;
      return now === undefined || compareDigest(records.key, canonical(now), then) !== "same";
    })
    .map(([pointer]) => pointer);
}

function withMore(error: ResourceError, more: string): ResourceError {
  const { identifier, paths, requestToken, requestId, advice } = error;
  const known = { identifier, paths, requestToken, requestId, advice, cause: error };
  return new ResourceError(error.code, `${error.what}; ${more}`, known);
}
