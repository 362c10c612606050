import type { Because } from "../events.ts";
import { type Json, type Pointer, type Props, equal, isProps, pointerOf } from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { requiredAt } from "../schema/required.ts";
import { claimsOf } from "./claims.ts";
import { carryFixed, keepFixed } from "./carry.ts";
import type { Place } from "./place.ts";
import { type Around, isSameDocument, isTaken, isVoid, isSameByMeaning } from "./same.ts";
import { type Sides, below } from "./sides.ts";
import { isOwnedByAws, mergeTags } from "./tags.ts";

/** What the resource is to become, and which changes to it are impossible in place. */
export interface Target {
  /** Live itself, by reference, when nothing is to change. */
  readonly target: Props;
  /** Create-only paths whose live value contradicts what is desired; `target` keeps the live value. */
  readonly because: readonly Because[];
  /** Lists fixed at creation that live holds in another order than is asked. */
  readonly reordered: readonly Pointer[];
}

interface Walk {
  readonly model: Props;
  readonly owner: Json | undefined;
  readonly path: readonly string[];
  /** Whether what nobody declares is removed as far as it can be. */
  readonly exact: boolean;
  /** Inside a create-only place, whose contradiction is told once, at its root. */
  readonly frozen: boolean;
  readonly because: Because[];
  readonly reordered: Pointer[];
  /** Whether order means something wherever the facts do not say that it means nothing. */
  readonly knowsOrder: boolean;
  /** Whether documentation alone tells of the type, which says nothing of order. */
  readonly isDocumented: boolean;
  /** The members that the object at a path must have. */
  readonly required: (path: readonly string[]) => readonly string[];
}

/** What the merge is given: whole models. With `exact`, everything live counts as declared before. */
export interface Models {
  readonly prior: Props | undefined;
  readonly observed: Props | undefined;
  readonly live: Props;
  readonly desired: Props;
  readonly exact: boolean;
  readonly facts: Facts;
}

/**
 * Merges three ways: paths that are declared become as desired, those declared before and no longer go, all others
 * stay as live has them. Maps are declared per key, lists whole, tags by key. An object that nobody declares any
 * longer goes whole where it would lose a member that it must have.
 */
export function targetOf(place: Place, { prior, observed, live, desired, exact, facts }: Models): Target {
  const walk: Walk = {
    model: desired,
    owner: undefined,
    path: [],
    exact,
    frozen: false,
    because: [],
    reordered: [],
    knowsOrder: facts.unordered !== undefined,
    isDocumented: facts.documented === true,
    required: (path) => requiredAt(facts, path),
  };
  const target = merge(place, { prior: exact ? live : prior, observed, live, desired }, walk);
  const { because, reordered } = walk;
  return { target: isProps(target) ? target : {}, because, reordered };
}

function merge(place: Place, sides: Sides, walk: Walk): Json | undefined {
  const foreign = sides.desired === undefined && sides.prior === undefined;
  if (foreign || place.readOnly || place.writeOnly || isKept(place, sides, walk)) return sides.live;
  if (!place.createOnly || walk.frozen) return mergePlace(place, sides, walk);
  const outcome = mergePlace(place, sides, { ...walk, frozen: true });
  if (outcome !== sides.live) walk.because.push(contradiction(pointerOf(walk.path), sides));
  return sides.live;
}

/** Whether a removal is none: nothing there to remove, or nothing that an exact adoption may remove. */
function isKept(place: Place, { live, desired }: Sides, walk: Walk): boolean {
  if (desired !== undefined) return false;
  const within = place.top || walk.owner !== undefined; // else the object around it goes too
  if (within && isVoid(place, live)) return true;
  return walk.exact && (place.createOnly || place.conditional || place.needed);
}

function contradiction(path: Pointer, { live, desired }: Sides): Because {
  return {
    path,
    ...(live === undefined ? {} : { from: live }),
    ...(desired === undefined ? {} : { to: desired }),
  };
}

function mergePlace(place: Place, sides: Sides, walk: Walk): Json | undefined {
  const { prior, live, desired } = sides;
  if (place.tags?.shape === "array") {
    const decided = mergeTags(place.tags, sides, (tag, there) =>
      isSameByMeaning(place.item(), tag, there, { model: walk.model, owner: undefined }),
    );
    if (decided) return decided.tags;
  }
  if (isProps(desired) && isSameWhole(place, desired, live)) return live;
  if (isProps(desired ?? prior) && (isProps(live) || live === undefined) && !place.jsonDocument) {
    return live === undefined && (isEmpty(desired) || isHollow(place, desired))
      ? mergeSwitch(place, { ...sides, desired })
      : mergeMembers(place, sides, walk);
  }
  return desired === undefined
    ? removeWhole(place, live, walk)
    : mergeWhole(place, { ...sides, desired }, walk);
}

/** Whether an object is as asked, before its members are looked at one by one. */
const isSameWhole = (place: Place, desired: Props, live: Json | undefined): boolean =>
  live === undefined ? isTaken(place, live, desired) : isSameDocument(place, desired, live);

/** What is left of a value that goes whole. */
const removeWhole = (place: Place, live: Json | undefined, walk: Walk): Json | undefined =>
  walk.frozen || isDoubtful(place) ? undefined : remains(place, live);

/** Fixed at creation by documentation alone: what the script no longer states is taken out, if AWS lets it. */
const isDoubtful = ({ fixed, createOnly }: Place): boolean => fixed && !createOnly;

function isEmpty(value: Json | undefined): value is Props {
  return isProps(value) && Object.keys(value).length === 0;
}

/** An object that says no more than that it is there. */
function isHollow(place: Place, value: Json | undefined): value is Props {
  return (
    isProps(value) &&
    !place.fixed &&
    Object.entries(value).every(([name, member]) => {
      const inner = place.member(name);
      return !inner.fixed && (isVoid(inner, member) || isHollow(inner, member));
    })
  );
}

/** An object without members that live does not have is sent, unless the service is known to drop it. */
function mergeSwitch(place: Place, { prior, observed, live, desired }: StatedSides): Json | undefined {
  return isVoid(place, desired) || (prior !== undefined && observed === undefined) ? live : desired;
}

/** What cannot be removed with a value: what is read-only or fixed at creation in an object. */
function remains(place: Place, value: Json | undefined): Json | undefined {
  if (place.readOnly || place.fixed) return value;
  if (place.plain || place.jsonDocument || !isProps(value)) return undefined;
  const fixed = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    const rest = remains(place.member(name), member);
    return rest === undefined ? [] : [[name, rest]];
  });
  return fixed.length === 0 ? undefined : Object.fromEntries(fixed);
}

function mergeMembers(place: Place, sides: Sides, walk: Walk): Json | undefined {
  const live: Props = isProps(sides.live) ? sides.live : {};
  const names = new Set([...Object.keys(live), ...Object.keys(isProps(sides.desired) ? sides.desired : {})]);
  const next: [string, Json][] = [];
  let changed = false;
  for (const name of names) {
    const inner = below(sides, name);
    const kept = place.tags !== undefined && isOwnedByAws(name);
    const value = kept
      ? inner.live
      : merge(place.member(name), inner, { ...walk, owner: sides.desired, path: [...walk.path, name] });
    changed ||= value !== inner.live;
    if (value !== undefined) next.push([name, value]);
  }
  if (!changed && !(sides.desired === undefined && isEmpty(sides.live))) return sides.live;
  const target = Object.fromEntries(next);
  if (sides.desired !== undefined) return target;
  const isMaimed = walk.required(walk.path).some((name) => name in live && !(name in target));
  if (isMaimed) return removeWhole(place, live, walk);
  return next.length === 0 ? undefined : target;
}

interface StatedSides extends Sides {
  readonly desired: Json;
}

/** Settles a value that is declared whole: a scalar, a list, a document. */
function mergeWhole(place: Place, sides: StatedSides, walk: Walk): Json | undefined {
  const { prior, live, desired } = sides;
  const around: Around = { model: walk.model, owner: walk.owner, claims: claimsOf(prior, desired) };
  if (isSameByMeaning(place, desired, live, around)) {
    if ((place.fixed || place.conditional) && isReordered(place, sides, around, walk))
      walk.reordered.push(pointerOf(walk.path));
    return live;
  }
  if (isLeftAlone(place, sides, around, walk)) return live;
  if (walk.frozen) return desired;
  // What is fixed in an object goes, or comes, where the value becomes another kind of one.
  const isOtherKind = place.holdsFixed && live !== undefined && isProps(live) !== isProps(desired);
  if (isOtherKind && [live, desired].some((side) => keepFixed(place, side) !== undefined)) {
    walk.because.push(contradiction(pointerOf(walk.path), sides));
    return live;
  }
  return carryFixed(place, [live, desired], walk);
}

/**
 * Whether what the script asks as it did before needs nothing: what the service made of it then, and nobody has moved
 * since, is no drift. Where no schema could say what order means, that is the service's own.
 */
function isLeftAlone(
  place: Place,
  { prior, observed, live, desired }: StatedSides,
  around: Around,
  walk: Walk,
): boolean {
  if (prior === undefined || !equal(prior, desired)) return false;
  if (observed !== undefined && isSameByMeaning(place, observed, live, around)) return true;
  return walk.isDocumented && isSameByMeaning(place, desired, live, { ...around, unordered: true });
}

/** Whether what is the same stands in another order than the script asks, and somebody says that it matters. */
function isReordered(
  place: Place,
  { prior, live, desired }: StatedSides,
  around: Around,
  walk: Walk,
): boolean {
  const differs = (other: Json | undefined): boolean =>
    !isSameByMeaning(place, desired, other, { ...around, claims: undefined, ordered: true });
  return differs(live) && (walk.knowsOrder || (prior !== undefined && differs(prior)));
}
