import type { Because } from "../events.ts";
import { type Json, type Pointer, type Props, child, equal, isList, isProps, pointerOf } from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { requiredAt } from "../schema/required.ts";
import { claimsOf } from "./claims.ts";
import { pairEqual } from "./match.ts";
import type { Place } from "./place.ts";
import { type Around, isVoid, same } from "./same.ts";
import { type Sides, below } from "./sides.ts";
import { speller } from "./spell.ts";
import { isOwnedByAws, mergeTags } from "./tags.ts";

/** What the resource is to become, and which changes to it are impossible in place. */
export interface Target {
  /** Live itself, by reference, when nothing is to change. */
  readonly target: Props;
  /** Create-only paths whose live value contradicts what is desired; `target` keeps the live value. */
  readonly because: readonly Because[];
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
  const because: Because[] = [];
  const required: Walk["required"] = (path) => requiredAt(facts, path);
  const walk = { model: desired, owner: undefined, path: [], exact, frozen: false, because, required };
  const target = merge(place, { prior: exact ? live : prior, observed, live, desired }, walk);
  return { target: isProps(target) ? target : {}, because };
}

function merge(place: Place, sides: Sides, walk: Walk): Json | undefined {
  const foreign = sides.desired === undefined && sides.prior === undefined;
  if (foreign || place.readOnly || place.writeOnly || isKept(place, sides, walk)) return sides.live;
  if (!place.createOnly || walk.frozen) return merged(place, sides, walk);
  const outcome = merged(place, sides, { ...walk, frozen: true });
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

function merged(place: Place, sides: Sides, walk: Walk): Json | undefined {
  const { prior, live, desired } = sides;
  if (place.tags?.shape === "array") {
    const decided = mergeTags(place.tags, sides, (tag, there) =>
      same(place.item(), tag, there, { model: walk.model, owner: undefined }),
    );
    if (decided) return decided.tags;
  }
  if (isProps(desired ?? prior) && (isProps(live) || live === undefined) && !place.jsonDocument) {
    return isEmpty(desired) && live === undefined
      ? switched(place, { ...sides, desired })
      : mergeMembers(place, sides, walk);
  }
  return desired === undefined ? gone(place, live, walk) : settled(place, { ...sides, desired }, walk);
}

/** What is left of a value that goes whole. */
const gone = (place: Place, live: Json | undefined, walk: Walk): Json | undefined =>
  walk.frozen ? undefined : remains(place, live);

function isEmpty(value: Json | undefined): value is Props {
  return isProps(value) && Object.keys(value).length === 0;
}

/** An object without members that live does not have is sent, unless the service is known to drop it. */
function switched(place: Place, { prior, observed, live, desired }: Stated): Json | undefined {
  return isVoid(place, desired) || (prior !== undefined && observed === undefined) ? live : desired;
}

/** What cannot be removed with a value: what is read-only or fixed at creation in an object. */
function remains(place: Place, value: Json | undefined): Json | undefined {
  if (place.readOnly || place.createOnly) return value;
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
  if (isMaimed) return gone(place, live, walk);
  return next.length === 0 ? undefined : target;
}

interface Stated extends Sides {
  readonly desired: Json;
}

/** Settles a value that is declared whole: a scalar, a list, a document. */
function settled(place: Place, sides: Stated, walk: Walk): Json | undefined {
  const { prior, observed, live, desired } = sides;
  const around: Around = { model: walk.model, owner: walk.owner, claims: claimsOf(prior, desired) };
  if (same(place, desired, live, around)) return live;
  // What the service made of the same value last time, and nobody has moved since, is no drift.
  const unmoved = prior !== undefined && observed !== undefined && equal(prior, desired);
  if (unmoved && same(place, observed, live, around)) return live;
  return carried(place, { live, desired }, walk);
}

/** A list written whole keeps the create-only members that live shows in the items it pairs with. */
function carried(place: Place, { live, desired }: Pick<Stated, "live" | "desired">, walk: Walk): Json {
  if (place.plain || place.jsonDocument || walk.frozen) return desired;
  if (isList(desired) && isList(live)) {
    const partners = partnersOf(place, desired, live);
    return desired.map((item, i) =>
      carried(
        place.item(),
        { live: partners[i], desired: item },
        { ...walk, path: [...walk.path, String(i)] },
      ),
    );
  }
  if (!isProps(desired) || !isProps(live)) return desired;
  const names = new Set([...Object.keys(desired), ...Object.keys(live)]);
  const next = [...names].flatMap((name): [string, Json][] => {
    const value = carriedMember(place.member(name), [child(live, name), child(desired, name)], {
      ...walk,
      owner: desired,
      path: [...walk.path, name],
    });
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(next);
}

/** The live item that each desired one continues: an equal one where order has no meaning, else the next in order. */
function partnersOf(place: Place, desired: readonly Json[], live: readonly Json[]): (Json | undefined)[] {
  if (!place.unordered) return desired.map((_, i) => live[i]);
  const spell = speller(place.item(), desired);
  const { pairs, left, right } = pairEqual([desired.map(spell), live.map(spell)], () => true);
  for (const [i, at] of left.entries()) pairs[at] = right[i] ?? -1;
  return pairs.map((at) => live[at]);
}

function carriedMember(
  place: Place,
  [live, desired]: readonly [Json | undefined, Json | undefined],
  walk: Walk,
): Json | undefined {
  if (!place.createOnly) return desired === undefined ? undefined : carried(place, { live, desired }, walk);
  if (desired !== undefined && !same(place, desired, live, walk)) {
    walk.because.push(
      contradiction(pointerOf(walk.path), { prior: undefined, observed: undefined, live, desired }),
    );
  }
  return live;
}
