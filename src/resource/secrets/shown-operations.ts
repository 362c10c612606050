import { applyPatch } from "../../diff/patch.ts";
import type { PatchOperation, ShownOperation } from "../../events.ts";
import { type Json, type Pointer, type Props, covers, equal, isList, valueAt } from "../../json.ts";

/** The models that a patch is told by. */
export interface PatchSides {
  readonly live: Props;
  /** Where no read shows a value; patterns with `*` allowed. */
  readonly writeOnly: readonly Pointer[] | undefined;
  /** What was asked for last time, hidden values included where they are the ones of today. */
  readonly former?: Props | undefined;
}

/** A patch with what it takes the place of. Every operation is told by what those before it leave. */
export function tellFrom(
  patch: readonly PatchOperation[],
  { live, writeOnly = [], former }: PatchSides,
): readonly ShownOperation[] {
  let now = live;
  return patch.map((operation) => {
    const from = replacedValueOf(operation, now);
    now = applyPatch(now, [operation]);
    if (operation.op === "remove") return from === undefined ? operation : { ...operation, from };
    if (operation.op !== "add" && operation.op !== "replace") return operation;
    if (from !== undefined) return { ...operation, from };
    if (!writeOnly.some((pattern) => covers(pattern, operation.path))) return operation;
    const isSame = former !== undefined && equal(valueAt(former, operation.path), operation.value);
    return { ...operation, unshown: isSame ? "sent again" : "sent" };
  });
}

/** What an operation takes away; an item that is added to a list moves the others on. */
function replacedValueOf({ op, path }: PatchOperation, now: Props): Json | undefined {
  if (op !== "add" && op !== "replace" && op !== "remove") return undefined;
  const isInsertion = op === "add" && isList(valueAt(now, path.slice(0, path.lastIndexOf("/"))));
  return isInsertion ? undefined : valueAt(now, path);
}

/** The operation with its values changed, the one that was as well as the one that will be. */
export function changeValues(operation: ShownOperation, change: (value: Json) => Json): ShownOperation {
  if ("value" in operation) {
    const { from, value } = operation;
    return { ...operation, value: change(value), ...(from !== undefined && { from: change(from) }) };
  }
  if (operation.op !== "remove" || operation.from === undefined) return operation;
  return { ...operation, from: change(operation.from) };
}
