import {
  type Json,
  type Pointer,
  type Props,
  child,
  equal,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
} from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { requiredAt } from "../schema/required.ts";
import type { Place } from "./place.ts";
import { isAlike } from "./same.ts";
import { mapMembers } from "./strip.ts";

/** What is asked, and what was asked before, of a type of which so much is known. */
export interface AskedModels {
  readonly facts: Facts;
  readonly desired: Props;
  readonly prior: Props | undefined;
}

/**
 * What of a script's write-only values a patch may carry: those that are create-only stay out, for an `add` even of the
 * same value is refused; so do unchanged ones that may be fixed at creation (the RDS handler refuses a snapshot that
 * the previous state, read without it, does not name) and those that would make something anew. Without a prior
 * nobody knows whether they are unchanged. An object that would lack a member that it must have stays out whole.
 */
export function sendableOf(place: Place, { facts, desired, prior }: AskedModels): Props {
  const isKept = (place: Place, [before, after]: readonly [Json | undefined, Json]): boolean => {
    if (place.createOnly) return false;
    const isOnce = prior ? place.conditional || place.onlyAtCreation : place.onlyAtCreation;
    return !isOnce || place.needed || (prior !== undefined && !isAlike(place, [before, after]));
  };
  const isMaimed = (kept: Props, after: Props, path: readonly string[]): boolean =>
    kept !== after && requiredAt(facts, path).some((name) => name in after && !(name in kept));
  const walk = (
    place: Place,
    [before, after]: readonly [Json | undefined, Json],
    path: readonly string[],
  ): Json | undefined => {
    if (place.plain || place.readOnly) return after;
    if (place.writeOnly && !isKept(place, [before, after])) return undefined;
    if (place.jsonDocument) return after;
    if (isList(after)) {
      const kept = after.map((item, i) =>
        walk(place.item(), [counterpart(before, after, i), item], [...path, String(i)]),
      );
      return keptItems(place, after, kept);
    }
    if (!isProps(after)) return after;
    const kept = mapMembers(after, (member, name) =>
      walk(place.member(name), [child(before, name), member], [...path, name]),
    );
    if (place.writeOnly && isMaimed(kept, after, path)) return undefined;
    return kept !== after && Object.keys(kept).length === 0 && place.writeOnly ? undefined : kept;
  };
  const kept = walk(place, [prior, desired], []);
  return isProps(kept) ? kept : {};
}

/**
 * The asked values that no read shows and that `sent` leaves out although they could change: they stand in an object
 * that cannot be sent whole. Lists are not looked into.
 */
export function heldBackPaths(
  place: Place,
  desired: Json,
  sent: Json | undefined,
  path: readonly string[] = [],
): Pointer[] {
  if (place.readOnly || place.createOnly || place.onlyAtCreation || (place.plain && !place.writeOnly))
    return [];
  if (isProps(desired) && !place.jsonDocument && Object.keys(desired).length > 0)
    return Object.entries(desired).flatMap(([name, value]) =>
      heldBackPaths(place.member(name), value, child(sent, name), [...path, name]),
    );
  return place.writeOnly && sent === undefined ? [pointerOf(path)] : [];
}

/**
 * The outermost objects that cannot be made by an update: a member that they must have is among `fixed`, which no
 * update may name.
 */
export function unmakeablePaths(facts: Facts, fixed: readonly Pointer[]): Pointer[] {
  const around = fixed.flatMap((pointer) => {
    let inner = segmentsOf(pointer);
    while (inner.length > 1 && requiredAt(facts, inner.slice(0, -1)).includes(inner.at(-1) ?? ""))
      inner = inner.slice(0, -1);
    const at = pointerOf(inner);
    return at === pointer ? [] : [at];
  });
  return [...new Set(around)];
}

function keptItems(
  place: Place,
  list: readonly Json[],
  kept: readonly (Json | undefined)[],
): Json | undefined {
  if (kept.every((item, i) => item === list[i])) return list;
  if (place.item().writeOnly && kept.every((item) => item === undefined)) return undefined;
  return kept.map((item) => item ?? {});
}

/** What an item was before: an equal one wherever it stood, else the one at its index. */
function counterpart(before: Json | undefined, after: readonly Json[], index: number): Json | undefined {
  if (!isList(before)) return undefined;
  return before.find((item) => equal(item, after[index])) ?? before[index];
}
