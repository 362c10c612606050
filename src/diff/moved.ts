import { type Json, type Pointer, type Props, isList, isProps, pointerOf } from "../json.ts";
import type { Place } from "./place.ts";
import { isAlike, isSameByMeaning } from "./same.ts";
import { type Sides, below } from "./sides.ts";
import { without } from "./strip.ts";

/** The models with live's value wherever AWS has moved it, and where that is. */
export interface MovedModels {
  readonly prior: Props | undefined;
  readonly observed: Props | undefined;
  readonly desired: Props;
  readonly paths: readonly Pointer[];
}

/** What is compared. */
export interface MovedSides {
  readonly prior: Props | undefined;
  readonly observed: Props | undefined;
  readonly live: Props;
  readonly desired: Props;
}

/**
 * Takes what AWS itself moves (a service's DesiredCount under scaling) as live has it, as long as the script asks what
 * it asked before: then live alone has moved.
 */
export function withMoved(place: Place, models: MovedSides): MovedModels {
  const paths: Pointer[] = [];
  const { prior, observed, desired } = place.holdsMoved
    ? followMoved(place, models, { path: [], paths })
    : models;
  return {
    prior: isProps(prior) ? prior : models.prior,
    observed: isProps(observed) ? observed : models.observed,
    desired: isProps(desired) ? desired : models.desired,
    paths,
  };
}

interface Walk {
  readonly path: readonly string[];
  readonly paths: Pointer[];
}

function followMoved(place: Place, sides: Sides, walk: Walk): Sides {
  const { prior, live, desired } = sides;
  if (prior === undefined || desired === undefined || live === undefined || live === null) return sides;
  if (place.movedByAws) {
    const around = { model: {}, owner: undefined };
    if (!isAlike(place, [prior, desired]) || isSameByMeaning(place, desired, live, around)) return sides;
    walk.paths.push(pointerOf(walk.path));
    return { prior: live, observed: live, live, desired: live };
  }
  if (!place.holdsMoved) return sides;
  if (isList(desired)) return isList(live) && isList(prior) ? followItems(place, sides, walk) : sides;
  return isProps(desired) ? followMembers(place, { ...sides, desired }, walk) : sides;
}

function followMembers(place: Place, sides: Sides & { readonly desired: Props }, walk: Walk): Sides {
  return Object.keys(sides.desired).reduce<Sides>((left, name) => {
    const before = below(left, name);
    const after = followMoved(place.member(name), before, { ...walk, path: [...walk.path, name] });
    if (after === before) return left;
    const put = (owner: Json | undefined, value: Json | undefined): Json | undefined =>
      isProps(owner) && value !== undefined ? { ...owner, [name]: value } : owner;
    return {
      live: left.live,
      prior: put(left.prior, after.prior),
      observed: put(left.observed, after.observed),
      desired: put(left.desired, after.desired),
    };
  }, sides);
}

/** The items that are the same but for what AWS moves go together, else those at the same index. */
function followItems(place: Place, sides: Sides, walk: Walk): Sides {
  const item = place.item();
  const desired = isList(sides.desired) ? sides.desired : [];
  return desired.reduce<Sides>((left, value, i) => {
    const at = (list: Json | undefined): number => counterpart(item, list, { value, i, of: desired.length });
    const seats = { prior: at(left.prior), observed: at(left.observed), live: at(left.live) };
    const before: Sides = {
      prior: itemAt(left.prior, seats.prior),
      observed: itemAt(left.observed, seats.observed),
      live: itemAt(left.live, seats.live),
      desired: value,
    };
    const after = followMoved(item, before, { ...walk, path: [...walk.path, String(i)] });
    if (after === before) return left;
    return {
      live: left.live,
      prior: withItem(left.prior, seats.prior, after.prior),
      observed: withItem(left.observed, seats.observed, after.observed),
      desired: withItem(left.desired, i, after.desired),
    };
  }, sides);
}

interface MovedSearch {
  readonly value: Json;
  readonly i: number;
  readonly of: number;
}

function counterpart(item: Place, list: Json | undefined, { value, i, of }: MovedSearch): number {
  if (!isList(list)) return -1;
  const still = (one: Json): Json => without(item, one, (inner) => inner.movedByAws) ?? {};
  const at = list.findIndex((other) =>
    isSameByMeaning(item, still(value), still(other), { model: {}, owner: undefined }),
  );
  return at === -1 && list.length === of ? i : at;
}

const itemAt = (list: Json | undefined, index: number): Json | undefined =>
  isList(list) ? list[index] : undefined;

const withItem = (list: Json | undefined, index: number, value: Json | undefined): Json | undefined =>
  isList(list) && value !== undefined ? list.map((item, i) => (i === index ? value : item)) : list;
