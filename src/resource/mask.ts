import type { Because, PatchOperation } from "../events.ts";
import { type Json, type Pointer, covers, expand, pointerOf, segmentsOf, withValueAt } from "../json.ts";
import { mask } from "./secret.ts";

/** The patch as it may be shown: values at hidden paths (patterns with `*` allowed) give way to a mask. */
export function maskedPatch(
  patch: readonly PatchOperation[],
  hidden: readonly Pointer[],
): readonly PatchOperation[] {
  return patch.map((operation) =>
    "value" in operation
      ? {
          ...operation,
          value: hidden.reduce((value, pattern) => hide(operation.path, value, pattern), operation.value),
        }
      : operation,
  );
}

function hide(path: Pointer, value: Json, pattern: Pointer): Json {
  const given = segmentsOf(path);
  const wanted = segmentsOf(pattern);
  const shared = Math.min(given.length, wanted.length);
  if (wanted.slice(0, shared).some((segment, i) => segment !== "*" && segment !== given[i])) return value;
  if (wanted.length <= given.length) return mask;
  return expand(value, pointerOf(wanted.slice(shared))).reduce<Json>(
    (shown, pointer) => withValueAt(shown, pointer, mask),
    value,
  );
}

/** The reasons of a replacement as they may be shown: of what is hidden, only the path. */
export function maskedBecause(because: readonly Because[], hidden: readonly Pointer[]): readonly Because[] {
  return because.map((one) =>
    hidden.some((pattern) => covers(pattern, one.path) || covers(one.path, pattern))
      ? { path: one.path, from: mask, to: mask }
      : one,
  );
}
