import type { Because } from "../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  child,
  covers,
  equal,
  isList,
  isProps,
  pointerOf,
  valueAt,
  withValueAt,
} from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { meaningText } from "./meaning.ts";
import { type Place, placeAt } from "./place.ts";
import { type Around, isAlike, isVoid, pairItems } from "./same.ts";
import { type Sides, below } from "./sides.ts";
import { unmakeablePaths } from "./sendable.ts";
import { mapMembers, without } from "./strip.ts";

/** The models that tell what a read does not show. */
export interface ShownModels {
  readonly prior: Props | undefined;
  readonly observed: Props | undefined;
  readonly live: Props;
  readonly desired: Props;
}

/**
 * Lists the desired paths that were applied and that no read shows: to be treated as write-only, whatever the
 * schema says. Where nothing is known of write-only paths, live alone tells.
 */
export function hiddenPaths(facts: Facts, place: Place, shown: ShownModels): Pointer[] {
  const trusting = facts.writeOnly === undefined;
  const found: Pointer[] = [];
  const isHidden = (place: Place, { prior, observed }: Sides): boolean =>
    prior === undefined
      ? // What every resource of the type has was set at creation, shown or not.
        shown.prior === undefined &&
        (place.onlyAtCreation || (place.createOnly && (trusting || place.needed)))
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
  if (!trusting || shown.prior !== undefined) return found;
  // An object that lacks a member which it must have would be refused: nobody knows that it is not there.
  const unmade = unmakeablePaths(facts, found).filter((path) => valueAt(shown.live, path) === undefined);
  return [...unmade, ...found.filter((path) => !unmade.some((one) => covers(one, path)))];
}

/** A model without what a read never shows, fit to be compared with live. */
export function withoutUnshown(place: Place, model: Props): Props {
  const shown = without(place, model, (inner) => inner.writeOnly);
  return isProps(shown) ? shown : {};
}

/** One write-only path whose value is not the one last applied. Its values are never told. */
export interface SecretChange extends Because {
  /** The value can only be set at creation. */
  readonly createOnly: boolean;
  /** The value is no longer declared. */
  readonly dropped: boolean;
}

/** Lists the write-only paths that are declared with another value than before, or no longer; lists as a whole. */
export function secretChanges(place: Place, prior: Props, desired: Props): SecretChange[] {
  const changes: SecretChange[] = [];
  const walk = (
    place: Place,
    [before, after]: readonly [Json | undefined, Json | undefined],
    path: readonly string[],
  ): void => {
    if (place.plain || place.readOnly) return;
    if (place.writeOnly && (place.createOnly || !place.holdsFixed || !isOpen(before, after))) {
      if (isAlike(place, [before, after])) return;
      const createOnly = place.createOnly || fixedText(place, before) !== fixedText(place, after);
      changes.push({ path: pointerOf(path), createOnly, dropped: after === undefined });
    } else if (isList(before) || isList(after)) {
      if (equal(before, after)) return;
      const [was, is] = [before, after].map((list) => secretsIn(place, list));
      if (was !== is) changes.push({ path: pointerOf(path), createOnly: false, dropped: is === undefined });
    } else if (!place.jsonDocument) {
      const names = new Set([before, after].flatMap((side) => (isProps(side) ? Object.keys(side) : [])));
      for (const name of names)
        walk(place.member(name), [child(before, name), child(after, name)], [...path, name]);
    }
  };
  walk(place, [prior, desired], []);
  return changes;
}

/** Whether a value was and is an object, so that its members change one by one. */
const isOpen = (before: Json | undefined, after: Json | undefined): boolean =>
  [before, after].every((side) => side === undefined || isProps(side));

/** What of a value is fixed at creation, as text that is the same for what means the same. */
function fixedText(place: Place, value: Json | undefined): string {
  const isOther = (inner: Place): boolean => !inner.createOnly && !inner.holdsFixed;
  const kept = value === undefined || !place.holdsFixed ? undefined : without(place, value, isOther);
  return meaningText(kept ?? null);
}

/** The write-only values in a list, as text that is equal for equal lists; absent where there are none. */
function secretsIn(place: Place, list: Json | undefined): string | undefined {
  if (!isList(list)) return undefined;
  const parts = list.map((item) => secretPart(place.item(), item));
  if (parts.every((part) => part === undefined)) return undefined;
  const texts = parts.map((part) => canonical(part ?? null));
  return (place.unordered || place.fixed ? texts.toSorted() : texts).join("\n");
}

function secretPart(place: Place, value: Json): Json | undefined {
  if (place.writeOnly) return value;
  if (place.plain || place.readOnly || place.jsonDocument) return undefined;
  if (isList(value)) {
    const parts = value.map((item) => secretPart(place.item(), item));
    return parts.every((part) => part === undefined) ? undefined : parts.map((part) => part ?? null);
  }
  if (!isProps(value)) return undefined;
  const parts = mapMembers(value, (member, name) => secretPart(place.member(name), member));
  return Object.keys(parts).length === 0 ? undefined : parts;
}

/** A target without the write-only values that are no longer declared, where a read shows something of them. */
export function withoutDropped(place: Place, target: Props, dropped: readonly SecretChange[]): Props {
  const rest = dropped
    .filter(({ path }) => placeAt(place, target, path).writeOnly && valueAt(target, path) !== undefined)
    .reduce<Json>((model, { path }) => withValueAt(model, path, undefined), target);
  return isProps(rest) ? rest : target;
}

/**
 * Puts the write-only values that may be sent into the target, because a patch that does not carry them drops them:
 * Cloud Control applies it to what a read shows.
 */
export function withSecrets(place: Place, target: Props, sent: Props): Props {
  const filled = graft(place, target, sent, { model: sent, owner: undefined });
  return isProps(filled) ? filled : target;
}

function graft(place: Place, target: Json | undefined, desired: Json, around: Around): Json | undefined {
  if (place.plain || place.readOnly || place.createOnly) return target;
  if (place.writeOnly || (isList(desired) && place.item().writeOnly)) return desired;
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
  const inner = { ...around, owner: desired };
  let next: Record<string, Json> | undefined;
  for (const [name, value] of Object.entries(desired)) {
    const before = child(target, name);
    const after = graft(place.member(name), before, value, inner);
    if (after === before || after === undefined) continue;
    next ??= { ...(isProps(target) && target) };
    next[name] = after;
  }
  return next ?? target;
}

function graftItems(place: Place, target: readonly Json[], desired: readonly Json[], around: Around): Json {
  // An object that holds nothing else is not in the target: its items are known by what reads show of them.
  const shown = desired.map((item) => without(place.item(), item, (inner) => inner.writeOnly) ?? {});
  const pairs = pairItems(place, shown, target, around) ?? [];
  const next = [...target];
  for (const [from, to] of pairs.entries()) {
    next[to] = graft(place.item(), target[to], desired[from] ?? null, around) ?? target[to] ?? null;
  }
  return next.every((item, i) => item === target[i]) ? target : next;
}
