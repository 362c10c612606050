import type { Because, Change, ShownOperation } from "../../events.ts";
import { type Json, segmentsOf } from "../../json.ts";
import { spellOut } from "../../unruly.ts";
import { cutText } from "../cut-text.ts";
import { diffLines } from "../line-diff.ts";

/** In characters; a fence does not wrap. */
const widest = 200;
/** Lines of one value, and of one change. */
const mostOfValue = 40;
const mostOfChange = 80;

/** Whether there is anything to show of a change beyond its row. */
export const hasDifference = ({
  desired,
  patch = [],
  because = [],
  differences = [],
  ...more
}: Change): boolean =>
  desired !== undefined ||
  [patch, because, differences, more.unknown ?? [], more.unmanaged ?? []].some((list) => list.length > 0);

/** What a change does or did to its resource, as the lines of a difference: `- ` was, `+ ` will be, `! ` beware. */
export function differenceLinesOf(change: Change): readonly string[] {
  const { desired = {}, patch = [], because = [], differences = [] } = change;
  const { unknown = [], unmanaged = [], error } = change;
  const lines = [
    ...(error ? [error.message, error.advice].filter((text) => text !== "").map((text) => `! ${text}`) : []),
    ...Object.entries(desired).flatMap(([name, value]) => valueLines("+ ", [name], value)),
    ...patch.flatMap(operationLines),
    ...because.flatMap((reason) => [`! ${placeOf(reason.path)} forces replacement`, ...reasonLines(reason)]),
    ...differences.flatMap(reasonLines),
    ...(unknown.length > 0 ? [`# known after apply: ${unknown.map(placeOf).join(", ")}`] : []),
    ...(unmanaged.length > 0 ? [`# unmanaged: ${unmanaged.map(placeOf).join(", ")}`] : []),
  ];
  const shown = lines.length > mostOfChange ? lines.slice(0, mostOfChange - 1) : lines;
  const more = lines.length - shown.length;
  return [
    ...shown.map((line) => cutText(spellOut(cutText(line, widest)), widest)),
    ...(more > 0 ? [`# … and ${more} lines more`] : []),
  ];
}

function operationLines(operation: ShownOperation): readonly string[] {
  const place = segmentsOf(operation.path);
  switch (operation.op) {
    case "move":
    case "copy":
      return [`! ${operation.op} ${placeOf(operation.from)} to ${place.join(".")}`];
    case "remove":
      return operation.from === undefined
        ? [`- ${place.join(".")}`]
        : valueLines("- ", place, operation.from);
    case "test":
      return valueLines("  ", place, operation.value);
    case "add":
    case "replace":
      return settingLines(operation);
  }
}

function settingLines({
  path,
  value,
  from,
  unshown,
}: Extract<ShownOperation, { readonly value: Json }>): readonly string[] {
  // What a read never shows may well have been there.
  if (unshown)
    return [
      `! ${placeOf(path)} ${unshown}, AWS does not show it`,
      ...valueLines("+ ", segmentsOf(path), value),
    ];
  return reasonLines({ path, to: value, ...(from !== undefined && { from }) });
}

function reasonLines({ path, from, to }: Because): readonly string[] {
  const place = segmentsOf(path);
  const diff = from === undefined || to === undefined ? undefined : diffLines(from, to, mostOfValue);
  if (diff) return [`  ${placeOf(path)}:`, ...diff];
  return [
    ...(from === undefined ? [] : valueLines("- ", place, from)),
    ...(to === undefined ? [] : valueLines("+ ", place, to)),
  ];
}

/** A value with its place: on one line where it is short, else as its members. */
function valueLines(sign: string, place: readonly string[], value: Json): readonly string[] {
  const short = JSON.stringify(value);
  const isShort = short.length <= widest / 2 || typeof value !== "object";
  const lines = (isShort ? short : JSON.stringify(value, undefined, 2)).split("\n");
  const more = lines.length - mostOfValue;
  const shown = more > 0 ? [...lines.slice(0, mostOfValue), `… and ${more} lines more`] : lines;
  return shown.map((line, i) => `${sign}${i === 0 ? `${place.join(".")}: ` : ""}${line}`);
}

const placeOf = (pointer: string): string => segmentsOf(pointer).join(".");
