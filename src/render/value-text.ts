import { type Json, type Pointer, isList, isProps, pointerOf } from "../json.ts";
import { onOneLine } from "./spell-unruly.ts";
import type { Style } from "./style.ts";

/** Where a value stands, and which pointers hold what is known only after apply. */
export interface ValuePlace {
  readonly at: Pointer;
  readonly unknown: readonly Pointer[];
  readonly style: Style;
}

const longest = 72;

/** A value as people read it, exact: JSON on one line where it is short, else a line a member. What is known only after apply is marked. */
export function valueText(value: Json, { at, unknown, style }: ValuePlace): string {
  const short = onOneLine(JSON.stringify(value));
  const isOpenInside = unknown.some((pointer) => pointer.startsWith(`${at}/`));
  const inner = isOpenInside || short.length > longest ? membersOf(value) : [];
  if (inner.length === 0)
    return unknown.includes(at) ? `${short} ${style("dim", "(known after apply)")}` : short;
  const texts = inner.map(({ name, label, item }) => {
    const text = valueText(item, { at: `${at}${pointerOf([name])}`, unknown, style });
    return `${label}${text}`.replace(/^/gm, "  ");
  });
  const [open, close] = isList(value) ? ["[", "]"] : ["{", "}"];
  return [open, ...texts, close].join("\n");
}

interface Member {
  readonly name: string;
  readonly label: string;
  readonly item: Json;
}

function membersOf(value: Json): readonly Member[] {
  if (isList(value)) return value.map((item, i) => ({ name: String(i), label: "", item }));
  if (!isProps(value)) return [];
  return Object.entries(value).map(([name, item]) => ({ name, label: `${nameText(name)}: `, item }));
}

/** A property's name as it is, or quoted where it is not a plain word. */
export const nameText = (name: string): string =>
  /^[\w.-]+$/.test(name) ? name : onOneLine(JSON.stringify(name));
