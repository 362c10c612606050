import type { ResourceError } from "../errors.ts";
import type { PatchOperation } from "../events.ts";
import { type Json, type Pointer, covers, expand, withValueAt } from "../json.ts";

/**
 * The patch without the places that the service has just refused to take, for one more try: the facts at hand did
 * not know them. Undefined where nothing is to be learned, or where a create-only place was changed on purpose.
 */
export function lessRefused(
  patch: readonly PatchOperation[],
  { code, paths = [] }: ResourceError,
  isAsked: (pointer: Pointer) => boolean,
): readonly PatchOperation[] | undefined {
  // Only the service knows of such places: what is refused here has been asked, and is to be put right.
  if (code !== "NOT_UPDATABLE" && code !== "INVALID_REQUEST") return undefined;
  if (paths.length === 0 || (code === "NOT_UPDATABLE" && paths.some(isAsked))) return undefined;
  const left = patch.flatMap((operation) => less(operation, paths));
  return JSON.stringify(left) === JSON.stringify(patch) ? undefined : left;
}

function less(operation: PatchOperation, refused: readonly Pointer[]): PatchOperation[] {
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
