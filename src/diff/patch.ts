import jsonpatch from "fast-json-patch";
import type { PatchOperation } from "../events.ts";
import {
  type Json,
  type Pointer,
  type Props,
  child,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
  valueAt,
} from "../json.ts";
import { type Place, placeAt } from "./place.ts";
import { without } from "./strip.ts";

/** What is said of the model, and the same with all that the schema calls write-only, shown or not. */
export interface Places {
  readonly place: Place;
  readonly discreet: Place;
}

/**
 * Writes the RFC 6902 operations that make the target of live, in terms that no handler misreads: lists and
 * documents whole, because a later read may show them in another order; `add` wherever live has no value or never shows it; and no
 * read-only place, neither as a path nor inside a value.
 */
export function writeOperations({ place, discreet }: Places, live: Props, target: Props): PatchOperation[] {
  const paths: Pointer[] = [];
  for (const { path } of jsonpatch.compare(live, target)) {
    // The operations on one value follow each other, and a long list may have thousands.
    if (!path.startsWith(`${paths.at(-1)}/`)) paths.push(wholeValue(place, live, path));
  }
  return paths.flatMap((path) =>
    operation(placeAt(discreet, live, path), path, [valueAt(live, path), valueAt(target, path)]),
  );
}

/** The path of the outermost list or JSON document that a path leads into, or the path itself. */
function wholeValue(root: Place, live: Json, path: Pointer): Pointer {
  const segments = segmentsOf(path);
  let place = root;
  let value: Json | undefined = live;
  for (const [depth, segment] of segments.entries()) {
    if (isList(value) || place.jsonDocument) return pointerOf(segments.slice(0, depth));
    place = place.member(segment);
    value = child(value, segment);
  }
  return path;
}

function operation(
  place: Place,
  path: Pointer,
  [before, after]: readonly [Json | undefined, Json | undefined],
): PatchOperation[] {
  if (after === undefined) return [{ op: "remove", path }];
  const value = without(place, after, (inner) => inner.readOnly);
  if (value === undefined) return [];
  const op = before === undefined || before === null || place.writeOnly ? "add" : "replace";
  return [{ op, path, value }];
}

/** What live would be with a patch applied; live itself where that cannot be told here. */
export function applyPatch(live: Props, patch: readonly PatchOperation[]): Props {
  try {
    const { newDocument } = jsonpatch.applyPatch(
      structuredClone(live),
      patch.filter(({ op }) => op !== "test") as jsonpatch.Operation[],
    );
    return isProps(newDocument) ? newDocument : live;
  } catch {
    return live;
  }
}
