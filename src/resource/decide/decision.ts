import type { Found } from "../../cloudcontrol/protocol.ts";
import { planChange } from "../../diff/plan.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { Because, PatchOperation } from "../../events.ts";
import { type Pointer } from "../../json.ts";
import { findRecorded, isStrangers } from "../find/read-recorded.ts";
import { requireHome } from "../record/same-home.ts";
import { look } from "../find/look.ts";
import { redactReasons } from "../secrets/redact-call.ts";
import { isRival } from "../../parts/model.ts";
import { isAsRecorded } from "../record/recall.ts";
import { type Replacement, forcedReplacementOf, replacement, typeChange } from "./replacement.ts";
import { knownIn } from "../outputs/placeholders.ts";
import { type Context, nameOf, warn, isForced } from "../context.ts";
import { priorDesiredOf } from "../record/prior.ts";
import { planFailure } from "./plan-failure.ts";
import { type Takeover, planAdoption, isAdopting, decideTakeover, withoutPart } from "./adoption.ts";

/** What is to be done, with all that doing it needs. */
export type Decision =
  | {
      readonly move: "nothing";
      readonly prior: Entry;
      readonly found: Found;
      /** It was only looked for: what a read shows has been compared with nothing, and is not recorded. */
      readonly isOnlySeen?: true;
      readonly unmanaged?: readonly Pointer[];
    }
  | { readonly move: "create"; readonly prior: Entry | undefined }
  | Takeover
  | {
      readonly move: "update";
      readonly prior: Entry;
      readonly found: Found;
      readonly patch: readonly PatchOperation[];
      /** Where live has what the script does not state. */
      readonly unmanaged?: readonly Pointer[];
      /** AWS will probably refuse it. */
      readonly isDoubtful?: true;
      /** The replacement to make when the service says that this value cannot be updated after all. */
      readonly otherwise?: Replacement;
    }
  | Replacement;

/** Decides from what is recorded, what is there and what is asked. Reads, but writes nothing. */
export async function decide(context: Context, prior: Entry | undefined): Promise<Decision> {
  const todo = await decideMove(context, prior);
  // Who asks for another one has no use for the one before.
  const isBack = todo.move === "replace" && !isForced(context);
  return (isBack ? await takeBack(context, todo.prior) : undefined) ?? todo;
}

/** An old one that is as the script wants it again: it is still ours, and was only waiting to be deleted. */
async function takeBack(context: Context, prior: Entry): Promise<Takeover | undefined> {
  for (const { identifier, type } of prior.superseded ?? []) {
    const isOfType = type === context.call.type;
    const found = isOfType && (await context.cloud.control.read(nameOf(context, identifier)));
    try {
      if (found) return { ...planAdoption(context, found), prior };
    } catch (error) {
      if (!(error instanceof ResourceError) || error.code !== "ADOPT_MISMATCH") throw error;
    }
  }
  return undefined;
}

async function decideMove(context: Context, prior: Entry | undefined): Promise<Decision> {
  const { call, scope } = context;
  if (!prior) {
    const existing = isAdopting(context) ? await seekExisting(context) : undefined;
    return existing ? decideTakeover(context, existing) : { move: "create", prior };
  }
  if (prior.type !== call.type) return typeChange(context, prior);
  const found = await findRecorded(context, prior);
  if (!found) {
    await context.cloud.admit();
    requireHome(prior, context.cloud.home);
    return { move: "create", prior };
  }
  if (await isStrangers(context, prior, found)) return decideMove(context, withoutClaim(context, prior));
  if (isForced(context)) return replacement(context, prior, forcedReplacementOf(call));
  const { refresh } = scope.runOptions;
  const isKnown = prior.status === "settled" && prior.isUnseen !== true && isAsRecorded(context, prior);
  const isOnlySeen = refresh === "missing" && isKnown;
  return isOnlySeen ? { move: "nothing", prior, found, isOnlySeen } : change(context, prior, found);
}

/** In a plan, what is named by something yet to be made cannot be there. */
async function seekExisting(context: Context): Promise<Found | undefined> {
  const { call, scope } = context;
  const desired = knownIn(call.desired);
  if (!scope.withholds || desired === call.desired) return look(context);
  return look({ ...context, call: { ...call, desired }, scope: { ...scope, listener: () => undefined } });
}

/** What a failed create has named has come to be somebody else's: only what still has to be deleted is ours. */
function withoutClaim(context: Context, { identifier, superseded, ...rest }: Entry): Entry | undefined {
  warn(context, `${identifier} exists and is not what a failed create of ours asked for: it is not ours`);
  const { failure: _, madeAt: __, ...left } = rest;
  return superseded && { ...left, superseded, desired: {}, digests: {}, live: {} };
}

function change(context: Context, prior: Entry, found: Found): Decision {
  const { call, records } = context;
  const ignored = call.options.ignoreChanges ?? [];
  const desired = ignored.reduce(withoutPart, call.desired);
  const then = ignored.reduce(withoutPart, priorDesiredOf(prior, call, records));
  const plan = planChange({
    facts: call.facts,
    prior: { desired: then, live: prior.live },
    live: found.live,
    desired,
  });
  if (plan.warning !== undefined) warn(context, plan.warning);
  const redactAll = (because: readonly Because[]): readonly Because[] =>
    redactReasons(call, because, { live: found.live, digests: prior.digests });
  switch (plan.move) {
    case "nothing":
      return { move: "nothing", prior, found, unmanaged: plan.unmanaged };
    case "create":
      return { move: "create", prior };
    case "update":
      return {
        move: "update",
        prior,
        found,
        patch: plan.patch,
        unmanaged: plan.unmanaged,
        ...(plan.doubtful && { isDoubtful: true }),
        ...(plan.onNotUpdatable === "replace" && {
          otherwise: {
            move: "replace",
            prior,
            order: orderIn(context, found, plan),
            because: redactAll(plan.because),
          },
        }),
      };
    case "replace":
      return replacement(context, prior, {
        order: orderIn(context, found, plan),
        because: redactAll(plan.because),
      });
    case "fail":
      throw planFailure(plan, found.identifier);
  }
}

/** A part that cannot be there beside the old one takes its place; no schema says so. */
function orderIn(
  { call: { desired, note } }: Context,
  { live }: Found,
  { order }: Pick<Replacement, "order">,
): Replacement["order"] {
  return note?.part && isRival(note.part, live, desired) ? "delete-first" : order;
}
