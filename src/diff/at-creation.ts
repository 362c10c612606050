import { type Json, type Pointer, type Props, child, isProps, pointerOf } from "../json.ts";
import type { Place } from "./place.ts";
import { isAlike } from "./same.ts";

/** What a found resource is compared with, and where that is not what the script asks. */
export interface AdoptedModel {
  readonly desired: Props;
  readonly paths: readonly Pointer[];
}

/** What is asked, what was asked before where that is known, and what a read shows. */
interface MadeModels {
  readonly prior: Json | undefined;
  readonly live: Json | undefined;
  readonly desired: Json;
}

/**
 * Takes what only makes a resource (the snapshot that a database is restored from) as a read shows it, where nobody
 * knows of a request of before: it has been made already, handlers show such a value in forms of their own, and refuse
 * it in any update.
 */
export function withMadeAsFound(
  place: Place,
  models: MadeModels & { readonly desired: Props },
): AdoptedModel {
  const paths: Pointer[] = [];
  const walk = (place: Place, models: MadeModels, path: readonly string[]): Json => {
    const { prior, live: shown, desired: asked } = models;
    if (shown === undefined || shown === null) return asked;
    if (place.onlyAtCreation) {
      if (prior !== undefined) return asked;
      if (isAlike(place, [asked, shown])) return asked;
      paths.push(pointerOf(path));
      return shown;
    }
    if (!place.holdsBound || !isProps(asked)) return asked;
    return Object.entries(asked).reduce<Props>((left, [name, value]) => {
      const inner = { prior: child(prior, name), live: child(shown, name), desired: value };
      const next = walk(place.member(name), inner, [...path, name]);
      return next === value ? left : { ...left, [name]: next };
    }, asked);
  };
  const found = walk(place, models, []);
  return { desired: isProps(found) ? found : models.desired, paths };
}
