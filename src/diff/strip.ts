import { type Json, type Pointer, type Props, isList, isProps, pointerOf } from "../json.ts";
import type { Place } from "./place.ts";

/** Changes the members of an object, `undefined` removes; returns the object itself when all stay the same. */
export function mapMembers(object: Props, change: (member: Json, name: string) => Json | undefined): Props {
  const next: Record<string, Json> = {};
  let changed = false;
  for (const name of Object.keys(object)) {
    const before = object[name] ?? null;
    const after = change(before, name);
    if (after !== undefined) next[name] = after;
    changed ||= after !== before;
  }
  return changed ? next : object;
}

/** Changes the items of a list; returns the list itself when all stay the same. */
export function mapItems(
  list: readonly Json[],
  change: (item: Json, index: number) => Json,
): readonly Json[] {
  const next = list.map(change);
  return next.every((item, i) => item === list[i]) ? list : next;
}

/**
 * Returns a value without the places that `drop` names. Containers that are emptied by it go too, list items
 * apart; what holds no such place is returned as it is.
 */
export function without(place: Place, value: Json, drop: (place: Place) => boolean): Json | undefined {
  if (drop(place)) return undefined;
  if (place.plain || place.jsonDocument) return value;
  if (isList(value)) {
    const item = place.item();
    if (value.length > 0 && drop(item)) return undefined;
    return mapItems(value, (inner) => without(item, inner, drop) ?? (isList(inner) ? [] : {}));
  }
  if (!isProps(value)) return value;
  const kept = mapMembers(value, (member, name) => without(place.member(name), member, drop));
  return kept !== value && Object.keys(kept).length === 0 ? undefined : kept;
}

/** Lists the outermost read-only places that a model has values at. */
export function readOnlyPaths(place: Place, model: Json, path: readonly string[] = []): Pointer[] {
  if (place.readOnly) return [pointerOf(path)];
  if (place.plain || place.jsonDocument) return [];
  if (isList(model))
    return model.flatMap((item, i) => readOnlyPaths(place.item(), item, [...path, String(i)]));
  if (!isProps(model)) return [];
  return Object.entries(model).flatMap(([name, member]) =>
    readOnlyPaths(place.member(name), member, [...path, name]),
  );
}
