import type { Because } from "../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  child,
  equal,
  isList,
  isProps,
  pointerOf,
} from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import type { Place } from "./place.ts";
import { type Around, isVoid, pairing } from "./same.ts";
import { type Sides, below } from "./sides.ts";
import { mapMembers, without } from "./strip.ts";

/** The models that tell what a read does not show. */
export interface Shown {
  readonly prior: Props | undefined;
  readonly observed: Props | undefined;
  readonly live: Props;
  readonly desired: Props;
}

/**
 * Lists the desired paths that were applied and that no read shows: to be treated as write-only, whatever the
 * schema says. Where nothing is known of write-only paths, live alone tells.
 */
export function hiddenPaths(facts: Facts, place: Place, shown: Shown): Pointer[] {
  const trusting = facts.writeOnly === undefined;
  const found: Pointer[] = [];
  const isHidden = (place: Place, { prior, observed }: Sides): boolean =>
    prior === undefined
      ? // What every resource of the type has was set at creation, shown or not.
        shown.prior === undefined && place.createOnly && (trusting || place.needed)
      : observed === undefined && (trusting || shown.observed !== undefined);
  const walk = (place: Place, sides: Sides, path: readonly string[]): void => {
    if (isVoid(place, sides.desired) || place.readOnly || place.writeOnly) return;
    if ((sides.live ?? undefined) === undefined && isHidden(place, sides)) {
      found.push(pointerOf(path));
    } else if (isProps(sides.desired) && !place.jsonDocument) {
      for (const name of Object.keys(sides.desired))
        walk(place.member(name), below(sides, name), [...path, name]);
    }
  };
  walk(place, shown, []);
  return found;
}

/** A model without what a read never shows, fit to be compared with live. */
export function visible(place: Place, model: Props): Props {
  const shown = without(place, model, (inner) => inner.writeOnly);
  return isProps(shown) ? shown : {};
}

/** One write-only path whose value is not the one last applied. Its values are never told. */
export interface SecretChange extends Because {
  /** The value can only be set at creation. */
  readonly createOnly: boolean;
}

/** Lists the write-only paths that were declared with another value, or create-only ones that are no longer declared. */
export function secretChanges(place: Place, prior: Props, desired: Props): SecretChange[] {
  const changes: SecretChange[] = [];
  const walk = (
    place: Place,
    before: Json | undefined,
    after: Json | undefined,
    path: readonly string[],
  ): void => {
    if (place.plain || place.readOnly) return;
    if (place.writeOnly) {
      // What is no longer declared needs no write: the next patch leaves it out.
      const moot = after === undefined && !place.createOnly;
      if (!moot && !equal(before, after))
        changes.push({ path: pointerOf(path), createOnly: place.createOnly });
    } else if (isList(before) || isList(after)) {
      const [was, is] = [before, after].map((list) => secretsIn(place, list));
      if (was !== is && after !== undefined) changes.push({ path: pointerOf(path), createOnly: false });
    } else if (!place.jsonDocument) {
      const names = new Set([before, after].flatMap((side) => (isProps(side) ? Object.keys(side) : [])));
      for (const name of names)
        walk(place.member(name), child(before, name), child(after, name), [...path, name]);
    }
  };
  walk(place, prior, desired, []);
  return changes;
}

/** The write-only values in a list, as text that is equal for equal lists. */
function secretsIn(place: Place, list: Json | undefined): string {
  if (!isList(list)) return "";
  const texts = list.map((item) => canonical(secretPart(place.item(), item) ?? null));
  return (place.unordered ? texts.toSorted() : texts).join("\n");
}

function secretPart(place: Place, value: Json): Json | undefined {
  if (place.writeOnly) return value;
  if (place.plain || place.readOnly || place.jsonDocument) return undefined;
  if (isList(value)) return value.map((item) => secretPart(place.item(), item) ?? null);
  return isProps(value)
    ? mapMembers(value, (member, name) => secretPart(place.member(name), member))
    : undefined;
}

/**
 * Puts the declared write-only values into the target, because a patch that does not carry them drops them: Cloud
 * Control applies it to what a read shows. Those that are create-only as well stay out, for an `add` even of the
 * same value is refused.
 */
export function withSecrets(place: Place, target: Props, desired: Props): Props {
  const filled = graft(place, target, desired, { model: desired, owner: undefined });
  return isProps(filled) ? filled : target;
}

function graft(place: Place, target: Json | undefined, desired: Json, around: Around): Json | undefined {
  if (place.plain || place.readOnly) return target;
  if (place.writeOnly || (isList(desired) && place.item().writeOnly)) {
    return without(place, desired, (inner) => inner.createOnly) ?? target;
  }
  if (place.jsonDocument) return target;
  if (isList(desired)) return isList(target) ? graftItems(place, target, desired, around) : target;
  const open = target === undefined || target === null || isProps(target);
  return open && isProps(desired) ? graftMembers(place, target, desired, around) : target;
}

function graftMembers(
  place: Place,
  target: Json | undefined,
  desired: Props,
  around: Around,
): Json | undefined {
  const grafted = Object.entries(desired).flatMap(([name, value]): [string, Json][] => {
    const before = child(target, name);
    const after = graft(place.member(name), before, value, { ...around, owner: desired });
    return after === before || after === undefined ? [] : [[name, after]];
  });
  return grafted.length === 0 ? target : { ...(isProps(target) && target), ...Object.fromEntries(grafted) };
}

function graftItems(place: Place, target: readonly Json[], desired: readonly Json[], around: Around): Json {
  const pairs = pairing(place, desired, target, around) ?? [];
  const next = [...target];
  for (const [from, to] of pairs.entries()) {
    next[to] = graft(place.item(), target[to], desired[from] ?? null, around) ?? target[to] ?? null;
  }
  return next.every((item, i) => item === target[i]) ? target : next;
}
