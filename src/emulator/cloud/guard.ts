import {
  type Json,
  type Pointer,
  type Props,
  covers,
  equal,
  expand,
  pointerOf,
  segmentsOf,
  valueAt,
} from "../../json.ts";
import { type KnownType, registryPointer } from "./known-type.ts";
import type { Op } from "./patch.ts";
import { invalid, serviceRefusal } from "./refusal.ts";

/** Refuses a patch that writes at, below or around a read-only place; a `test` only looks. */
export function guardReadOnly(known: KnownType, ops: readonly Op[]): void {
  const touched = known.readOnly.filter((pattern) => ops.some((op) => touches(op, pattern)));
  if (touched.length === 0) return;
  throw invalid(`Invalid patch update: readOnlyProperties [${listPointers(touched)}] cannot be updated`);
}

function touches(op: Op, pattern: Pointer): boolean {
  if (op.op === "test") return false;
  if (covers(pattern, op.path)) return true;
  if (op.op === "move") return covers(pattern, op.from);
  return "value" in op && brings(op.path, op.value, pattern);
}

/** Tells whether a value, put at `path`, holds something where the pattern points. */
function brings(path: Pointer, value: Json, pattern: Pointer): boolean {
  const [at, wanted] = [segmentsOf(path), segmentsOf(pattern)];
  if (at.length >= wanted.length || !covers(pointerOf(wanted.slice(0, at.length)), path)) return false;
  return expand(value, pointerOf(wanted.slice(at.length))).length > 0;
}

/** Refuses a result in which the value of a create-only place differs from the live one, however it came about. */
export function guardCreateOnly(known: KnownType, before: Props, after: Props): void {
  const moved = known.createOnly.filter((pattern) => differs(pattern, before, after));
  if (moved.length === 0) return;
  throw serviceRefusal(
    "NotUpdatableException",
    `Invalid patch update: createOnlyProperties [${listPointers(moved)}] cannot be updated`,
  );
}

/** Tells whether any value that the pattern names is not the same in both models. */
export function differs(pattern: Pointer, before: Props, after: Props): boolean {
  const pointers = new Set([...expand(before, pattern), ...expand(after, pattern)]);
  return [...pointers].some((pointer) => !equal(valueAt(before, pointer), valueAt(after, pointer)));
}

const listPointers = (pointers: readonly Pointer[]): string => pointers.map(registryPointer).join(", ");
