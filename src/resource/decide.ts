import type { Found } from "../cloudcontrol/protocol.ts";
import { planChange } from "../diff/plan.ts";
import type { Entry } from "../entry.ts";
import { ResourceError } from "../errors.ts";
import type { Because, PatchOperation } from "../events.ts";
import { type Pointer, type Props, isProps, valueAt, withValueAt } from "../json.ts";
import { findRecorded, isStrangers } from "./gone.ts";
import { requireHome } from "./home.ts";
import { look } from "./look.ts";
import { shownBecause } from "./mask.ts";
import { requireNoOtherOwner } from "./elsewhere.ts";
import { claimOf, requireUnowned } from "./owner.ts";
import { isRival } from "./part-model.ts";
import { isAsRecorded } from "./recall.ts";
import { desiredThen } from "./record.ts";
import { type Replacement, forced, isForced, replacement, typeChange } from "./replacement.ts";
import { knownIn } from "./unknown.ts";
import { type Context, nameOf, warn } from "./write.ts";

/** What is to be done, with all that doing it needs. */
export type Todo =
  | {
      readonly move: "nothing";
      readonly prior: Entry;
      readonly found: Found;
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

/** An adoption, with what has to change in what was found. */
export interface Takeover {
  readonly move: "adopt";
  readonly found: Found;
  readonly patch: readonly PatchOperation[];
  /** The entry of what it takes the place of. */
  readonly prior?: Entry;
}

/** Decides from what is recorded, what is there and what is asked. Reads, but writes nothing. */
export async function decide(context: Context, prior: Entry | undefined): Promise<Todo> {
  const todo = await decided(context, prior);
  // Who asks for another one has no use for the one before.
  const isBack = todo.move === "replace" && !isForced(context);
  return (isBack ? await takenBack(context, todo.prior) : undefined) ?? todo;
}

/** An old one that is as the script wants it again: it is still ours, and was only waiting to be deleted. */
async function takenBack(context: Context, prior: Entry): Promise<Takeover | undefined> {
  for (const { identifier, type } of prior.superseded ?? []) {
    const isOfType = type === context.call.type;
    const found = isOfType && (await context.cloud.control.read(nameOf(context, identifier)));
    try {
      if (found) return { ...adoption(context, found), prior };
    } catch (error) {
      if (!(error instanceof ResourceError) || error.code !== "ADOPT_MISMATCH") throw error;
    }
  }
  return undefined;
}

async function decided(context: Context, prior: Entry | undefined): Promise<Todo> {
  const { call, scope } = context;
  if (!prior) {
    const existing = isAdopting(context) ? await sought(context) : undefined;
    return existing ? takeover(context, existing) : { move: "create", prior };
  }
  if (prior.type !== call.type) return typeChange(context, prior);
  const found = await findRecorded(context, prior);
  if (!found) {
    await context.cloud.admit();
    requireHome(prior, context.cloud.home);
    return { move: "create", prior };
  }
  if (await isStrangers(context, prior, found)) return decided(context, withoutClaim(context, prior));
  if (isForced(context)) return replacement(context, prior, forced(call));
  const { refresh } = scope.wishes;
  const isAsked = refresh !== "missing" || prior.status !== "settled" || !isAsRecorded(context, prior);
  return isAsked ? change(context, prior, found) : { move: "nothing", prior, found };
}

/** In a plan, what is named by something yet to be made cannot be there. */
async function sought(context: Context): Promise<Found | undefined> {
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

/** Tells whether this call, or the whole run, takes over what exists. */
export function isAdopting({ call, scope }: Context): boolean {
  return call.options.adopt !== undefined ? call.options.adopt !== false : scope.wishes.adopt === true;
}

/** Decides how what belongs to nobody else is taken over. */
export async function takeover(context: Context, found: Found): Promise<Takeover> {
  requireUnowned(context.records, claimOf(context, found));
  await requireNoOtherOwner(context, found);
  return adoption(context, found);
}

/** Decides how a resource that was found is taken over: by a patch, or as it is. */
export function adoption(context: Context, found: Found): Takeover {
  const { call } = context;
  const exact = typeof call.options.adopt === "object" && call.options.adopt.exact === true;
  const ignored = call.options.ignoreChanges ?? [];
  const plan = planChange({
    facts: call.facts,
    prior: undefined,
    live: found.live,
    desired: exact
      ? ignored.reduce((left, path) => as(found.live, left, path), call.desired)
      : ignored.reduce(without, call.desired),
    adopt: exact ? { exact } : true,
  });
  if (plan.warning !== undefined) warn(context, plan.warning);
  switch (plan.move) {
    case "fail":
      throw new ResourceError(plan.error.code, plan.error.message, {
        identifier: found.identifier,
        paths: plan.error.paths,
      });
    case "replace":
      throw new ResourceError("ADOPT_MISMATCH", `${found.identifier} differs where it cannot change`, {
        identifier: found.identifier,
        paths: plan.because.map(({ path }) => path),
      });
    case "update":
      return { move: "adopt", found, patch: plan.patch };
    case "create":
    case "nothing":
      return { move: "adopt", found, patch: [] };
  }
}

function change(context: Context, prior: Entry, found: Found): Todo {
  const { call, records } = context;
  const ignored = call.options.ignoreChanges ?? [];
  const desired = ignored.reduce(without, call.desired);
  const then = ignored.reduce(without, desiredThen(prior, call.desired, records));
  const plan = planChange({
    facts: call.facts,
    prior: { desired: then, live: prior.live },
    live: found.live,
    desired,
  });
  if (plan.warning !== undefined) warn(context, plan.warning);
  const shown = (because: readonly Because[]): readonly Because[] =>
    shownBecause(call, because, { live: found.live, digests: prior.digests });
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
            because: shown(plan.because),
          },
        }),
      };
    case "replace":
      return replacement(context, prior, {
        order: orderIn(context, found, plan),
        because: shown(plan.because),
      });
    case "fail":
      throw new ResourceError(plan.error.code, plan.error.message, {
        identifier: found.identifier,
        paths: plan.error.paths,
      });
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

function without(props: Props, pointer: string): Props {
  const left = withValueAt(props, pointer, undefined);
  return isProps(left) ? left : props;
}

/** The properties with what live has at a place. */
function as(live: Props, props: Props, pointer: string): Props {
  const left = withValueAt(props, pointer, valueAt(live, pointer));
  return isProps(left) ? left : props;
}
