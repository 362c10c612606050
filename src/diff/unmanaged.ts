import { type Json, type Pointer, type Props, child, isProps, pointerOf } from "../json.ts";
import type { Place } from "./place.ts";
import { isVoid } from "./same.ts";
import { isOwnedByAws } from "./tags.ts";

/**
 * Lists what live holds and nobody declares, the highest path of each: service defaults and what others have set.
 * Read-only values and tags of AWS are not among them; lists are declared whole.
 */
export function unmanagedPaths(
  place: Place,
  live: Props,
  declared: readonly (Props | undefined)[],
): Pointer[] {
  const found: Pointer[] = [];
  const walk = (
    place: Place,
    value: Json,
    owners: readonly (Json | undefined)[],
    path: readonly string[],
  ): void => {
    if (place.readOnly || place.jsonDocument || isVoid(place, value)) return;
    if (owners.every((owner) => owner === undefined)) {
      found.push(pointerOf(path));
    } else if (isProps(value)) {
      for (const [name, member] of Object.entries(value)) {
        if (place.tags && isOwnedByAws(name)) continue;
        const inner = owners.map((owner) => child(owner, name));
        walk(place.member(name), member, inner, [...path, name]);
      }
    }
  };
  walk(place, live, declared, []);
  return found;
}
