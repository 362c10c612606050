import type { Because } from "../events.ts";
import { type Json, type Pointer, type Props, child, isList, isProps, leavesOf, pointerOf } from "../json.ts";
import { budget, pairEqual } from "./match.ts";
import type { Place } from "./place.ts";
import { isSameByMeaning } from "./same.ts";
import { makeSpeller } from "./spell.ts";
import { without } from "./strip.ts";

/** Where a value that is written whole stands, and what is told of it. */
export interface CarryContext {
  readonly model: Props;
  readonly owner: Json | undefined;
  readonly path: readonly string[];
  readonly because: Because[];
  readonly reordered: Pointer[];
}

/** Live and desired. */
type Pair = readonly [live: Json | undefined, desired: Json];

/** A list written whole keeps what live shows fixed at creation in the items that it pairs with. */
export function carryFixed(place: Place, [live, desired]: Pair, walk: CarryContext): Json {
  if (place.plain || place.jsonDocument) return desired;
  if (isList(desired) && isList(live)) return carryList(place, [live, desired], walk);
  if (!isProps(desired) || !isProps(live)) return desired;
  const names = new Set([...Object.keys(desired), ...Object.keys(live)]);
  const next = [...names].flatMap((name): [string, Json][] => {
    const value = carryMember(place.member(name), [child(live, name), child(desired, name)], {
      ...walk,
      owner: desired,
      path: [...walk.path, name],
    });
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(next);
}

const isBound = (place: Place): boolean => place.fixed || place.holdsFixed;

function carryList(
  place: Place,
  [live, desired]: readonly [readonly Json[], readonly Json[]],
  walk: CarryContext,
): Json {
  const isMoved = !place.unordered && isBound(place.item()) && contradicts(place.item(), live, desired);
  const partners =
    place.unordered || isMoved ? partnersOf(place.item(), desired, live) : desired.map((_, i) => i);
  const next = desired.map((item, i) =>
    carryFixed(place.item(), [live[partners[i] ?? -1], item], { ...walk, path: [...walk.path, String(i)] }),
  );
  if (!isMoved) return next;
  // What is fixed in an item is fixed at its place in the list: those that were there keep theirs.
  const seat = (i: number): number => ((partners[i] ?? -1) < 0 ? live.length : (partners[i] ?? 0));
  const order = desired.map((_, i) => i).toSorted((a, b) => seat(a) - seat(b) || a - b);
  if (order.some((from, to) => from !== to)) walk.reordered.push(pointerOf(walk.path));
  return order.map((i) => next[i] ?? null);
}

/** Whether an item states something as fixed that is not so at its place. */
function contradicts(item: Place, live: readonly Json[], desired: readonly Json[]): boolean {
  const around = { model: {}, owner: undefined };
  return desired.some((value, i) => {
    const stated = keepFixed(item, value);
    return i < live.length && stated !== undefined && !isSameByMeaning(item, stated, live[i], around);
  });
}

/**
 * The index of the live item that each desired one continues, or -1: one that is the same, else one in which the same is
 * fixed, else the next in order.
 */
function partnersOf(item: Place, desired: readonly Json[], live: readonly Json[]): number[] {
  const spell = makeSpeller(item, desired);
  const { pairs, left, right } = pairEqual([desired.map(spell), live.map(spell)], () => true);
  const fixed = isBound(item) ? left.filter((i) => keepFixed(item, desired[i] ?? null) !== undefined) : [];
  const spellFixed = fixedSpeller(item, desired);
  const texts = [
    fixed.map((i) => spellFixed(desired[i] ?? null)),
    right.map((i) => spellFixed(live[i] ?? null)),
  ];
  const alike = pairEqual([texts[0] ?? [], texts[1] ?? []], () => true);
  for (const [at, seat] of alike.pairs.entries()) pairs[fixed[at] ?? 0] = right[seat] ?? -1;
  const free = new Set(alike.right.map((i) => right[i] ?? -1));
  seatByMeaning(item, { pairs, desired, live, free, open: fixed.filter((i) => pairs[i] === -1) });
  const rest = [...free];
  for (const i of left) if (pairs[i] === -1) pairs[i] = rest.shift() ?? -1;
  return pairs;
}

interface Seating {
  /** Filled in. */
  readonly pairs: number[];
  readonly desired: readonly Json[];
  readonly live: readonly Json[];
  /** The live items that are left; those that are taken go. */
  readonly free: Set<number>;
  /** The desired items that are left. */
  readonly open: readonly number[];
}

/** Pairs what no text shows to be the same; what states more has less to choose from, and comes first. */
function seatByMeaning(item: Place, { pairs, desired, live, free, open }: Seating): void {
  if (open.length * free.size > budget) return;
  const stated = open.map((i) => [i, keepFixed(item, desired[i] ?? null) ?? null] as const);
  const sizeOf = (value: Json): number => leavesOf(value).length;
  for (const [i, value] of stated.toSorted((a, b) => sizeOf(b[1]) - sizeOf(a[1]))) {
    const seats = free.has(i) ? [i, ...free] : [...free];
    const around = { model: {}, owner: undefined, unordered: true };
    const seat = seats.find((at) => isSameByMeaning(item, value, live[at], around));
    if (seat === undefined) continue;
    pairs[i] = seat;
    free.delete(seat);
  }
}

/** Writes what is fixed at creation in an item as text. */
function fixedSpeller(item: Place, desired: readonly Json[]): (value: Json) => string {
  const parts = (value: Json): Json => keepFixed(item, value) ?? null;
  const spell = makeSpeller(item, desired.map(parts));
  return (value) => spell(parts(value));
}

/** What of a value is fixed at creation, if anything. */
export const keepFixed = (item: Place, value: Json): Json | undefined => {
  const kept = without(item, value, (inner) => !inner.fixed && !inner.holdsFixed);
  return isProps(kept) && Object.keys(kept).length === 0 ? undefined : kept;
};

function carryMember(
  place: Place,
  [live, desired]: readonly [Json | undefined, Json | undefined],
  walk: CarryContext,
): Json | undefined {
  if (desired === undefined) return place.fixed ? live : undefined;
  if (!place.createOnly) return carryFixed(place, [live, desired], walk);
  if (!isSameByMeaning(place, desired, live, walk)) {
    walk.because.push({
      path: pointerOf(walk.path),
      ...(live === undefined ? {} : { from: live }),
      to: desired,
    });
  }
  return live;
}
