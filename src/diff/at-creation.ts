import { type Json, type Pointer, type Props, child, isProps, pointerOf } from "../json.ts";
import type { Place } from "./place.ts";
import { isAlike } from "./same.ts";

/** What a found resource is compared with, and where that is not what the script asks. */
export interface AdoptedModel {
  readonly desired: Props;
  readonly paths: readonly Pointer[];
}

/**
 * Takes what only makes a resource (the snapshot that a database is restored from) as a read of the found one shows
 * it: it has been made already, handlers show such a value in forms of their own, and refuse it in any update.
 */
export function withMadeAsFound(place: Place, live: Props, desired: Props): AdoptedModel {
  const paths: Pointer[] = [];
  const walk = (place: Place, asked: Json, shown: Json | undefined, path: readonly string[]): Json => {
    if (shown === undefined || shown === null) return asked;
    if (place.onlyAtCreation) {
      if (isAlike(place, [asked, shown])) return asked;
      paths.push(pointerOf(path));
      return shown;
    }
    if (!place.holdsBound || !isProps(asked)) return asked;
    return Object.entries(asked).reduce<Props>((left, [name, value]) => {
      const next = walk(place.member(name), value, child(shown, name), [...path, name]);
      return next === value ? left : { ...left, [name]: next };
    }, asked);
  };
  const found = walk(place, desired, live, []);
  return { desired: isProps(found) ? found : desired, paths };
}
