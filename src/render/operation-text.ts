import type { Because, ShownOperation } from "../events.ts";
import { type Json, type Pointer, segmentsOf } from "../json.ts";
import { onOneLine } from "./spelled.ts";
import { nameText } from "./value-text.ts";

/** How a value that was there, or will be, is written. */
export interface Writing {
  readonly was: (value: Json) => string;
  readonly will: (value: Json) => string;
}

/** One operation of a patch as people read it: `RetentionInDays: 7 → 30`. */
export function operationText(operation: ShownOperation, { was, will }: Writing): string {
  const place = placeText(operation.path);
  if (!("value" in operation)) {
    if (operation.op !== "remove") return `${operation.op} ${placeText(operation.from)} to ${place}`;
    return operation.from === undefined ? `${place}: → (none)` : `${place}: ${was(operation.from)} → (none)`;
  }
  const { op, value, from } = operation;
  if (op === "test") return `${place} is ${will(value)}`;
  if (from !== undefined) return `${place}: ${was(from)} → ${will(value)}`;
  // What a read never shows may well have been there.
  if (value === "‹secret›") return `${place}: ${will(value)}  sent, AWS does not show it`;
  return `${place}: (none) → ${will(value)}`;
}

/** The reason of a replacement in the same words. */
export function becauseText({ path, from, to }: Because, { was, will }: Writing): string {
  const before = from === undefined ? "(none)" : was(from);
  return `${placeText(path)}: ${before} → ${to === undefined ? "(none)" : will(to)}`;
}

/** A place in a model, e.g. `VpcConfig.SubnetIds.0`. */
const placeText = (pointer: Pointer): string => onOneLine(segmentsOf(pointer).map(nameText).join("."));
