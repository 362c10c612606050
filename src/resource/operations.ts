import type { PatchOperation, ShownOperation } from "../events.ts";
import { type Json, type Props, valueAt } from "../json.ts";

/** A patch with what it takes the place of. */
export const withFrom = (patch: readonly PatchOperation[], live: Props): readonly ShownOperation[] =>
  patch.map((operation) => {
    if (operation.op !== "add" && operation.op !== "replace" && operation.op !== "remove") return operation;
    const from = valueAt(live, operation.path);
    return from === undefined ? operation : { ...operation, from };
  });

/** The operation with its values changed, the one that was as well as the one that will be. */
export function changeValues(operation: ShownOperation, change: (value: Json) => Json): ShownOperation {
  if ("value" in operation) {
    const { from, value } = operation;
    return { ...operation, value: change(value), ...(from !== undefined && { from: change(from) }) };
  }
  if (operation.op !== "remove" || operation.from === undefined) return operation;
  return { ...operation, from: change(operation.from) };
}
