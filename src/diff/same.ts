import { type Json, type Props, canonical, child, equal, isList, isProps, parseExact } from "../json.ts";
import type { Claims } from "./claims.ts";
import { documentIn } from "./document.ts";
import { type Fits, pairEqual, perfectMatch } from "./match.ts";
import type { Place } from "./place.ts";
import { isSamePolicy } from "./policy.ts";
import { makeSpeller } from "./spell.ts";
import { isOwnedByAws, keyedTags } from "./tags.ts";
import { isTransformOf } from "./transform.ts";

/** What a comparison may look at beside the two values. */
export interface Around {
  /** The whole of what is desired. */
  readonly model: Props;
  /** The object that holds the desired value. */
  readonly owner: Json | undefined;
  /** What was declared here before and may no longer be: no service default, even where nobody declares it now. */
  readonly claims?: Claims | undefined;
  /** The order of lists counts also where they are fixed at creation. */
  readonly ordered?: boolean | undefined;
  /** The order of no list counts. */
  readonly unordered?: boolean | undefined;
  /** Both values were declared, so that write-only places can be compared as well. */
  readonly declared?: boolean | undefined;
}

/**
 * Tells whether live already is what is desired, by meaning: read-only and write-only places aside, in the types
 * and the order that the facts allow, and with members that nobody declares left to the service.
 */
export function isSameByMeaning(
  place: Place,
  desired: Json | undefined,
  live: Json | undefined,
  around: Around,
): boolean {
  if (isIncomparable(place, around) || desired === live) return true;
  if (isVoid(place, desired) && isVoid(place, live)) return true;
  if (desired === undefined || live === undefined) return isTaken(place, live, desired);
  if (isSameDocument(place, desired, live)) return true;
  if (place.jsonDocument) return false;
  if (isList(desired))
    return isList(live) && (isIncomparable(place.item(), around) || sameList(place, desired, live, around));
  if (isProps(desired)) return isProps(live) && sameMembers(place, desired, live, around);
  return sameScalar(place, desired, live, around);
}

/** What AWS alone sets, or no read shows, is never another value. */
const isIncomparable = (place: Place, { declared }: Around): boolean =>
  place.readOnly || (place.writeOnly && declared !== true);

/** Tells whether two declared values are the same by meaning, in either direction: neither states what the other does not. */
export function isAlike(place: Place, [a, b]: readonly [Json | undefined, Json | undefined]): boolean {
  const from = (one: Json | undefined, other: Json | undefined): boolean =>
    isSameByMeaning(place, one, other, { model: {}, owner: undefined, declared: true });
  return equal(a, b) || (from(a, b) && from(b, a));
}

/** What a service takes by itself, and does not show, is as asked. */
export const isTaken = (place: Place, live: Json | undefined, desired: Json | undefined): boolean =>
  live === undefined && place.default !== undefined && equal(place.default, desired);

/** What is the same as a whole, before its members are looked at one by one. */
export function isSameDocument(place: Place, desired: Json, live: Json): boolean {
  if (mayBePolicy(place, desired, live) && isSamePolicy(desired, live)) return true;
  return place.jsonDocument ? equal(documentOf(desired), documentOf(live)) : isSameText(place, desired, live);
}

/** An object is known by its members; text has to stand where a policy may. */
const mayBePolicy = (place: Place, desired: Json, live: Json): boolean =>
  place.policy || place.jsonDocument || (isProps(desired) && isProps(live));

/** Text that holds the same JSON, where text is known to, or where white space and key order are no cause to replace. */
function isSameText(place: Place, desired: Json, live: Json): boolean {
  if (typeof desired !== "string" && typeof live !== "string") return false;
  if (!place.fixed && !place.policy && !place.jsonText) return false;
  const [wanted, there] = [desired, live].map((value) => documentIn(value) ?? value);
  if (wanted === undefined || there === undefined) return false;
  if (typeof wanted !== "object" || typeof there !== "object") return false;
  return place.unordered
    ? canonical(sortLists(wanted)) === canonical(sortLists(there))
    : equal(wanted, there);
}

/** A document whose lists are sets. */
function sortLists(value: Json): Json {
  if (isProps(value))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sortLists(inner)]));
  if (!isList(value)) return value;
  return value.map((item) => canonical(sortLists(item))).toSorted();
}

/** Tells whether a value says nothing: absent, null, an empty list, or at the top an empty object. */
export function isVoid(place: Place, value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (isList(value)) return value.length === 0;
  // Deeper, an object without members is often a switch: WAFv2 `DefaultAction: { Block: {} }`.
  return place.top && isProps(value) && Object.keys(value).length === 0;
}

function documentOf(value: Json): Json {
  if (typeof value !== "string") return value;
  try {
    return parseExact(value);
  } catch {
    return value;
  }
}

function sameScalar(place: Place, desired: Json, live: Json, around: Around): boolean {
  if (typeof desired !== typeof live && sameSpelling(place.types, desired, live)) return true;
  // Where nobody says that both types may stand, a number or a truth value is its own text.
  if (place.fixed && isOwnText(desired, live)) return true;
  if (place.caseless && isSameInAnyCase(desired, live)) return true;
  return place.transform !== undefined && isTransformOf(place.transform, around, live);
}

const isSameInAnyCase = (desired: Json, live: Json): boolean =>
  typeof desired === "string" && typeof live === "string" && desired.toLowerCase() === live.toLowerCase();

function isOwnText(desired: Json, live: Json): boolean {
  const [text, value] = typeof desired === "string" ? [desired, live] : [live, desired];
  return (typeof value === "number" || typeof value === "boolean") && text === String(value);
}

/** `"true"` and true, `"1.0"` and 1: equal where both types may stand. */
function sameSpelling(types: readonly string[], desired: Json, live: Json): boolean {
  const [text, value] = typeof desired === "string" ? [desired, live] : [live, desired];
  if (typeof text !== "string" || !types.includes("string")) return false;
  if (typeof value === "boolean") return types.includes("boolean") && text === String(value);
  if (typeof value !== "number" || !(types.includes("number") || types.includes("integer"))) return false;
  return text.trim() !== "" && Number(text) === value;
}

function sameMembers(place: Place, desired: Props, live: Props, around: Around): boolean {
  const stated = Object.entries(desired).every(([name, value]) =>
    isSameByMeaning(place.member(name), value, child(live, name), {
      ...around,
      owner: desired,
      claims: around.claims?.get(name),
    }),
  );
  if (!stated || !around.claims) return stated;
  return Object.entries(live).every(([name, value]) => {
    const inner = place.member(name);
    if (Object.hasOwn(desired, name) || inner.readOnly || isVoid(inner, value)) return true;
    return !around.claims?.has(name);
  });
}

function sameList(place: Place, desired: readonly Json[], live: readonly Json[], around: Around): boolean {
  if (place.tags?.shape !== "array") return pairItems(place, desired, live, around) !== undefined;
  const [wanted, there] = [keyedTags(place.tags, desired), keyedTags(place.tags, live)];
  if (!wanted || !there) return pairItems(place, desired, live, around) !== undefined;
  return [...wanted].every(
    ([key, tag]) => isOwnedByAws(key) || isSameByMeaning(place.item(), tag, there.get(key), around),
  );
}

/**
 * Pairs each desired item with the live item that is the same: by index, or in any order where the facts say that
 * order has no meaning. Undefined when an item on either side has no partner.
 */
export function pairItems(
  place: Place,
  desired: readonly Json[],
  live: readonly Json[],
  around: Around,
): number[] | undefined {
  if (desired.length !== live.length) return undefined;
  const inner: Around = { ...around, claims: around.claims?.get("*") };
  const item = place.item();
  const fits: Fits = (left, right) => isSameByMeaning(item, desired[left], live[right], inner);
  const inOrder = desired.map((_, i) => i);
  if (inOrder.every((i) => fits(i, i))) return inOrder;
  const isFree =
    around.unordered === true ||
    place.unordered ||
    ((place.fixed || place.conditional) && around.ordered !== true);
  if (!isFree) return undefined;
  const spell = makeSpeller(item, desired);
  // Equal texts say nothing of members that are no longer declared.
  const alike: Fits = inner.claims ? fits : () => true;
  return unorderedPairing([desired.map(spell), live.map(spell)], { alike, fits });
}

/** Items with equal text that are `alike` go together, as most do; only the rest needs a matching. */
function unorderedPairing(
  texts: readonly [readonly string[], readonly string[]],
  { alike, fits }: { readonly alike: Fits; readonly fits: Fits },
): number[] | undefined {
  const { pairs, left, right } = pairEqual(texts, alike);
  if (left.length === 0) return pairs;
  const rest = perfectMatch(left.length, (a, b) => fits(left[a] ?? 0, right[b] ?? 0));
  for (const [a, b] of rest?.entries() ?? []) pairs[left[a] ?? 0] = right[b] ?? 0;
  return rest && pairs;
}
