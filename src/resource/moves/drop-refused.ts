import type { ResourceError } from "../../errors.ts";
import type { PatchOperation } from "../../events.ts";
import { placeAt, placesOf } from "../../diff/place.ts";
import { isAlike } from "../../diff/same.ts";
import { type Json, type Pointer, type Props, covers, expand, valueAt, withValueAt } from "../../json.ts";
import type { Context } from "../context.ts";

/** Tells whether the script asks something else at a place than it did then, spellings aside. */
export function isAskedAnew(
  { facts, desired }: Pick<Context["call"], "facts" | "desired">,
  then: Props,
): IsAsked {
  const root = placesOf(facts);
  return (pointer) =>
    !isAlike(placeAt(root, desired, pointer), [valueAt(then, pointer), valueAt(desired, pointer)]);
}

type IsAsked = (pointer: Pointer) => boolean;

/**
 * Tells whether a refusal may be for what the script has changed, so that a replacement would answer it. Of places that
 * it has not changed (a database's snapshot, say), another one would not be told apart from this one.
 */
export const isOwnDoing = ({ paths = [] }: ResourceError, isAsked: IsAsked): boolean =>
  paths.length === 0 || paths.some(isAsked);

/**
 * The patch without the places that the service has just refused to take, for one more try: the facts at hand did
 * not know them. Undefined where nothing is to be learned, or where a create-only place was changed on purpose.
 */
export function withoutRefused(
  patch: readonly PatchOperation[],
  { code, paths = [] }: ResourceError,
  isAsked: IsAsked,
): readonly PatchOperation[] | undefined {
  // Only the service knows of such places: what is refused here has been asked, and is to be put right.
  if (code !== "NOT_UPDATABLE" && code !== "INVALID_REQUEST") return undefined;
  if (paths.length === 0 || (code === "NOT_UPDATABLE" && paths.some(isAsked))) return undefined;
  const left = patch.flatMap((operation) => dropPath(operation, paths));
  return JSON.stringify(left) === JSON.stringify(patch) ? undefined : left;
}

function dropPath(operation: PatchOperation, refused: readonly Pointer[]): PatchOperation[] {
  if (refused.some((path) => covers(path, operation.path))) return [];
  if (!("value" in operation)) return [operation];
  const inside = refused
    .filter((path) => covers(operation.path, path))
    .flatMap((path) => expand(operation.value, path.slice(operation.path.length)));
  const value = inside.reduce<Json>(
    (left, pointer) => withValueAt(left, pointer, undefined),
    operation.value,
  );
  return [{ ...operation, value }];
}
