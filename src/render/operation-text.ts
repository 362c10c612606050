import type { Because, ShownOperation } from "../events.ts";
import { type Json, type Pointer, segmentsOf } from "../json.ts";
import { type Frame, lineDiff } from "./line-diff.ts";
import { onOneLine } from "./spell-unruly.ts";
import { nameText } from "./value-text.ts";

/** How a value that was there, or will be, is written, and how a difference of two long ones is. */
export interface ValueWriter {
  readonly was: (value: Json) => string;
  readonly will: (value: Json) => string;
  readonly frame: Frame;
  /** Said of a value that is shown by its difference alone. */
  readonly remark?: string;
}

/** One operation of a patch as people read it: `RetentionInDays: 7 → 30`. */
export function operationText(operation: ShownOperation, writing: ValueWriter): string {
  const place = placeText(operation.path);
  if (!("value" in operation)) {
    if (operation.op !== "remove") return `${operation.op} ${placeText(operation.from)} to ${place}`;
    return operation.from === undefined
      ? `${place}: → (none)`
      : `${place}: ${writing.was(operation.from)} → (none)`;
  }
  const { op, path, value, from, unshown } = operation;
  if (op === "test") return `${place} is ${writing.will(value)}`;
  // What a read never shows may well have been there.
  if (unshown) return `${place}: ${writing.will(value)}  ${unshown}, AWS does not show it`;
  return differenceText({ path, to: value, ...(from !== undefined && { from }) }, writing);
}

/** What was at a place and what is or will be, e.g. the reason of a replacement; long values as a line diff. */
export function differenceText({ path, from, to }: Because, writing: ValueWriter): string {
  const place = placeText(path);
  const { was, will, frame, remark } = writing;
  const diff = from === undefined || to === undefined ? undefined : lineDiff(from, to, frame);
  if (diff) {
    const head = remark === undefined ? `${place}:` : `${place}: ${remark}`;
    return [head, ...diff.map((line) => `  ${line}`)].join("\n");
  }
  const before = from === undefined ? "(none)" : was(from);
  return `${place}: ${before} → ${to === undefined ? "(none)" : will(to)}`;
}

/** A place in a model, e.g. `VpcConfig.SubnetIds.0`. */
const placeText = (pointer: Pointer): string => onOneLine(segmentsOf(pointer).map(nameText).join("."));
