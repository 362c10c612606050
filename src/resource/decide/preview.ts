import { withArticle } from "../../wording.ts";
import { applyPatch } from "../../diff/patch.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { Change, ShownOperation } from "../../events.ts";
import type { Pointer, Props } from "../../json.ts";
import type { Decision } from "./decision.ts";
import { redactDesired, redactPatch } from "../secrets/redact-call.ts";
import { tellFrom } from "../secrets/shown-operations.ts";
import { movedTags, withAllTags } from "../record/run-tags.ts";
import { outputsOf } from "../outputs/origin.ts";
import { withoutParts } from "../../parts/model.ts";
import { unknownOutputs } from "../outputs/planned-outputs.ts";
import { unknownIn } from "../outputs/placeholders.ts";
import { type Context, nameOf, warn } from "../context.ts";
import { priorDesiredOf } from "../record/prior.ts";

/** What a call would do, and what its script may go on with. */
export interface Foreseen {
  readonly change: Omit<Change, "durationMs">;
  readonly outputs: Props;
}

/** Tells what would be done, and does nothing. */
export function foresee(context: Context, todo: Decision): Foreseen {
  const { call, scope } = context;
  const about = { id: call.id, type: call.type, move: todo.move };
  const unknown = unknownIn(call.desired);
  const open = unknown.length > 0 && { unknown };
  switch (todo.move) {
    case "create":
      return {
        change: { ...about, desired: redactDesired(withAllTags(call)), ...tagsMoved(context, {}), ...open },
        outputs: unknownOutputs(call, scope.journal),
      };
    case "replace": {
      const { prior, because, order } = todo;
      const identifier = prior.identifier !== undefined && { identifier: prior.identifier };
      return {
        change: { ...about, ...identifier, because, order, ...tagsMoved(context, {}), ...open },
        outputs: unknownOutputs(call, scope.journal),
      };
    }
    case "nothing": {
      const { identifier, live } = todo.found;
      return {
        change: { ...about, identifier, ...unmanagedIn(context, todo.unmanaged) },
        outputs: outputsThen(call, identifier, live),
      };
    }
    case "adopt":
    case "update": {
      const { found, patch } = todo;
      const { identifier } = found;
      const live = applyPatch(found.live, patch);
      return {
        change: {
          ...about,
          identifier,
          patch: tellPatch(context, todo),
          ...refusalOf(todo),
          ...tagsMoved(context, found.live, todo.prior),
          ...open,
          ...unmanagedIn(context, "unmanaged" in todo ? todo.unmanaged : undefined),
        },
        // What may become another one has outputs that nobody knows yet.
        outputs:
          todo.move === "update" && todo.isDoubtful
            ? unknownOutputs(call, scope.journal)
            : outputsThen(call, identifier, live),
      };
    }
  }
}

/** Which tags a change would set or take away for the run's sake. */
function tagsMoved({ call }: Context, live: Props, prior?: Entry): Pick<Change, "runTags"> {
  const runTags = movedTags(call, live, prior);
  return runTags.length > 0 ? { runTags } : {};
}

/** The patch as it may be shown. */
function tellPatch(
  { call, records }: Context,
  { found, patch, prior }: Extract<Decision, { move: "adopt" | "update" }>,
): readonly ShownOperation[] {
  const { writeOnly } = call.facts;
  const former = prior && priorDesiredOf(prior, call, records);
  const told = tellFrom(patch, { live: found.live, writeOnly, former });
  return redactPatch(call, told, { live: found.live, digests: prior?.digests });
}

/** A refusal that is to be reckoned with, and what it leads to. */
function refusalOf(todo: Decision): Pick<Change, "because" | "ifRefused"> {
  if (todo.move !== "update" || !todo.isDoubtful) return {};
  return { because: todo.otherwise?.because ?? [], ifRefused: "replace" };
}

/** What the call will resolve with where this is live: what an entry will hold, and no more. */
const outputsThen = (call: Context["call"], identifier: string, live: Props): Props =>
  outputsOf(call, identifier, call.desired, withoutParts(call.type, call.desired, live));

function unmanagedIn(
  { scope }: Context,
  unmanaged: readonly Pointer[] | undefined = [],
): Pick<Change, "unmanaged"> {
  return scope.runOptions.unmanaged === true && unmanaged.length > 0 ? { unmanaged } : {};
}

/**
 * What an unfinished entry looks like to a run that may settle nothing: AWS is asked how the operation goes, and
 * what cannot be told is taken for not done.
 */
export async function foreseeUnsettled(context: Context, entry: Entry): Promise<Entry | undefined> {
  const { intent, ...rest } = entry;
  if (!intent) return entry;
  warn(context, `an earlier run left ${withArticle(intent.move)} unfinished: a deploy settles it first`);
  if (rest.identifier !== undefined) return { ...rest, status: "incomplete" };
  const identifier =
    intent.requestToken === undefined ? undefined : await madeBy(context, intent.requestToken);
  return identifier === undefined ? undefined : { ...rest, identifier, status: "incomplete" };
}

async function madeBy({ cloud, call }: Context, requestToken: string): Promise<string | undefined> {
  try {
    const ended = await cloud.control.follow(requestToken, { timeoutMs: 1_000 });
    if (ended.outcome === "unknown" || ended.identifier === undefined) return undefined;
    // What a create that succeeded has named exists, whether or not a read shows it.
    if (ended.outcome === "succeeded") return ended.identifier;
    const found = await cloud.control.read(nameOf({ call }, ended.identifier));
    return found?.identifier;
  } catch (error) {
    if (error instanceof ResourceError) return undefined;
    throw error;
  }
}
