import type { Found } from "../../cloudcontrol/protocol.ts";
import { planChange } from "../../diff/plan.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { placeAt, placesOf } from "../../diff/place.ts";
import { isAlike } from "../../diff/same.ts";
import { type Json, type Pointer, type Props, isList, isProps, valueAt, withValueAt } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import { planFailure } from "./plan-failure.ts";
import { requireNoOtherOwner } from "../find/other-owner.ts";
import { withTagsAsFound } from "../record/run-tags.ts";
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
  const call = withTagsAsFound(context.call, found.live);
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
      throw planFailure(plan, found.identifier);
    case "replace":
      throw new ResourceError("ADOPT_MISMATCH", `${found.identifier} differs where it cannot change`, {
        identifier: found.identifier,
        paths: plan.because.map(({ path }) => path),
      });
    case "update":
      for (const { path, items } of lossesIn(call.facts, found.live, plan.patch))
        warn(context, `${path} is declared whole: it loses ${items.map(itemText).join(", ")}`);
      return { move: "adopt", found, patch: plan.patch };
    case "create":
    case "nothing":
      return { move: "adopt", found, patch: [] };
  }
}

/**
 * What lists lose by a takeover: a declared one takes the place of the live one whole, and what it does not hold goes.
 * Of each, the items by value.
 */
function lossesIn(
  facts: Facts,
  live: Props,
  patch: readonly PatchOperation[],
): readonly { readonly path: Pointer; readonly items: readonly Json[] }[] {
  const root = placesOf(facts);
  return patch.flatMap((operation) => {
    const [was, will] = [valueAt(live, operation.path), "value" in operation ? operation.value : undefined];
    if (!isList(was) || !isList(will)) return [];
    const item = placeAt(root, live, operation.path).item();
    const items = was.filter((old) => !will.some((next) => isAlike(item, [old, next])));
    return items.length > 0 ? [{ path: operation.path, items }] : [];
  });
}

const itemText = (item: Json): string => JSON.stringify(item);

export function withoutPart(props: Props, pointer: string): Props {
  const left = withValueAt(props, pointer, undefined);
  return isProps(left) ? left : props;
}

/** The properties with what live has at a place. */
function as(live: Props, props: Props, pointer: string): Props {
  const left = withValueAt(props, pointer, valueAt(live, pointer));
  return isProps(left) ? left : props;
}
