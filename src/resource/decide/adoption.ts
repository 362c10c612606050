import type { Found } from "../../cloudcontrol/protocol.ts";
import { planChange } from "../../diff/plan.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { type Props, isProps, valueAt, withValueAt } from "../../json.ts";
import { requireNoOtherOwner } from "../find/other-owner.ts";
import { claimOf, requireUnowned } from "../record/owner.ts";
import { type Context, warn } from "../context.ts";

/** An adoption, with what has to change in what was found. */
export interface Takeover {
  readonly move: "adopt";
  readonly found: Found;
  readonly patch: readonly PatchOperation[];
  /** The entry of what it takes the place of. */
  readonly prior?: Entry;
}

/** Tells whether this call, or the whole run, takes over what exists. */
export function isAdopting({ call, scope }: Context): boolean {
  return call.options.adopt !== undefined ? call.options.adopt !== false : scope.runOptions.adopt === true;
}

/** Decides how what belongs to nobody else is taken over. */
export async function decideTakeover(context: Context, found: Found): Promise<Takeover> {
  requireUnowned(context.records, claimOf(context, found));
  await requireNoOtherOwner(context, found);
  return planAdoption(context, found);
}

/** Decides how a resource that was found is taken over: by a patch, or as it is. */
export function planAdoption(context: Context, found: Found): Takeover {
  const { call } = context;
  const exact = typeof call.options.adopt === "object" && call.options.adopt.exact === true;
  const ignored = call.options.ignoreChanges ?? [];
  const plan = planChange({
    facts: call.facts,
    prior: undefined,
    live: found.live,
    desired: exact
      ? ignored.reduce((left, path) => as(found.live, left, path), call.desired)
      : ignored.reduce(withoutPart, call.desired),
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

export function withoutPart(props: Props, pointer: string): Props {
  const left = withValueAt(props, pointer, undefined);
  return isProps(left) ? left : props;
}

/** The properties with what live has at a place. */
function as(live: Props, props: Props, pointer: string): Props {
  const left = withValueAt(props, pointer, valueAt(live, pointer));
  return isProps(left) ? left : props;
}
