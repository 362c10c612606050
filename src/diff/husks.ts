import {
  type Json,
  type Pointer,
  type Props,
  child,
  expand,
  isList,
  isProps,
  matches,
  segmentsOf,
  valueAt,
  withValueAt,
} from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import { findBreach } from "../schema/limits.ts";
import { type Place, placeAt } from "./place.ts";
import { withoutEchoes } from "./echoes.ts";
import { mapItems, mapMembers } from "./strip.ts";

/**
 * Takes out of a target what reads inject and patches are refused for: nulls, empty containers that may not be
 * empty, and all but one of an exclusive group (awscc #3186, #3243, #3244, #3289). Nobody needs to have declared them.
 */
export function withoutHusks(place: Place, target: Props, { facts, desired }: HuskContext): Props {
  const kept = emptyHusks(place, target, desired);
  let rest: Json = isProps(kept) ? kept : {};
  for (const group of facts.exclusive ?? []) {
    for (const pointer of surplus(group, rest, desired)) {
      // What is fixed at creation stays, whatever it excludes: that is for the service to say.
      if (!placeAt(place, rest, pointer).createOnly) rest = withValueAt(rest, pointer, undefined);
    }
  }
  return withoutEchoes(isProps(rest) ? rest : {}, { facts, desired });
}

/** What tells a husk from a value: the facts, and what is declared. */
export interface HuskContext {
  readonly facts: Facts;
  readonly desired: Props;
}

function emptyHusks(place: Place, value: Json, declared: Json | undefined): Json | undefined {
  if (place.readOnly || place.createOnly || place.jsonDocument) return value;
  const rest = isList(value)
    ? emptyList(place, value, declared)
    : isProps(value)
      ? emptyObject(place, value, declared)
      : value;
  if (declared === undefined && isRefused(place, value)) return undefined;
  if (!place.neverEmpty) return rest;
  if (isList(rest)) return rest.length === 0 ? undefined : rest;
  // A declared `{}` is for the service to refuse: without it every run would find it missing.
  return isProps(rest) && Object.keys(rest).length === 0 && !isProps(declared) ? undefined : rest;
}

/** Tells whether a value breaks what its own schema asks, beyond doubt, and may be left out. */
const isRefused = ({ needed, limits }: Place, value: Json): boolean =>
  !needed && findBreach(limits, value)?.isDoubtful === false;

function emptyList(place: Place, list: readonly Json[], declared: Json | undefined): Json {
  if (place.plain) return list;
  return mapItems(list, (item, i) => emptyHusks(place.item(), item, child(declared, String(i))) ?? item);
}

function emptyObject(place: Place, object: Props, declared: Json | undefined): Json {
  return mapMembers(object, (member, name) => {
    const inner = place.member(name);
    if (member === null) return inner.readOnly || inner.createOnly ? member : undefined;
    return emptyHusks(inner, member, child(declared, name));
  });
}

/** The pointers to remove so that one member of each instance of the group is left: the declared one, else the first. */
function surplus(group: readonly Pointer[], target: Json, desired: Props): Pointer[] {
  const instances = new Map<string, Pointer[]>();
  for (const pattern of group) {
    for (const pointer of expand(target, pattern)) {
      const key = bindingOf(pattern, pointer);
      instances.set(key, [...(instances.get(key) ?? []), pointer]);
    }
  }
  const declaredAnywhere = group.filter((pattern) => expand(desired, pattern).length > 0);
  return [...instances.values()].flatMap((members) => {
    const here = members.filter((pointer) => valueAt(desired, pointer) !== undefined);
    const like = members.filter((pointer) => declaredAnywhere.some((pattern) => matches(pattern, pointer)));
    const kept = here.length > 0 ? here : like.length > 0 ? like : members.slice(0, 1);
    return members.filter((pointer) => !kept.includes(pointer));
  });
}

/** What the stars of a pattern stand for in a pointer: equal for the members of one instance of a group. */
function bindingOf(pattern: Pointer, pointer: Pointer): string {
  const given = segmentsOf(pointer);
  return JSON.stringify(segmentsOf(pattern).flatMap((segment, i) => (segment === "*" ? [given[i]] : [])));
}
