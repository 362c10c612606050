import type { Found } from "../../cloudcontrol/protocol.ts";
import type { Props } from "../../json.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Context } from "../context.ts";
import { claimOf, claimantOf } from "../record/owner.ts";
import type { StatedResource, TellingApart } from "./keys.ts";
import { isTelling, makeMatcher } from "./match.ts";
import { parentsIn } from "./siblings.ts";

/**
 * All that is stated beside the parents, for a type that no name and no key of its note tells apart: whoever shows all
 * of it is the one. Undefined where nothing is stated that a read would show, and where AWS makes up a name that the
 * user may choose: who leaves it out wants a new one.
 */
export function apartByAll(stated: StatedResource): TellingApart | undefined {
  const { facts, desired, note } = stated;
  if (isNamedByUser(facts) || bundledFacts(facts.type ?? "")?.namedBy !== undefined) return undefined;
  if ((note?.naturalKeys ?? []).some(({ keys }) => keys.length > 0)) return undefined;
  const parents = Object.keys(parentsIn(stated).parents ?? {});
  const wanted = Object.fromEntries(
    Object.entries(shownOf(facts, desired)).filter(([name]) => !parents.includes(name)),
  );
  return Object.values(wanted).some(isTelling) ? { wanted, parents: [] } : undefined;
}

const isNamedByUser = ({ primaryIdentifier = [], readOnly = [] }: Facts): boolean =>
  primaryIdentifier.every((path) => !readOnly.includes(path));

/** What a read shows of the properties. */
const shownOf = ({ writeOnly = [] }: Facts, props: Props): Props =>
  Object.fromEntries(
    Object.entries(props).filter(([name]) => !writeOnly.some((path) => path.split("/")[1] === name)),
  );

/**
 * Tells whether no other id of this stage has a resource, and none may be just making it: what a create has been sent
 * for lies in a list before its answer has come, and looks like what it asked for.
 */
export function isUnclaimed(context: Context, found: Found): boolean {
  const { call, records } = context;
  if (claimantOf(records, claimOf(context, found)) !== undefined) return false;
  for (const entry of records.beingMade(call.type)) {
    if (entry.id === call.id) continue;
    if (makeMatcher(call.facts, shownOf(call.facts, entry.desired)).mayHave(found.live)) return false;
  }
  return true;
}
