import { type Json, type Pointer, segmentsOf } from "../../json.ts";
import { spellOut } from "../../unruly.ts";

/** A text as it stands in a page: lines stay lines, and what cannot be seen or turns text around is spelled out. */
export const spellText = (text: string): string => spellOut(text, "\n").replace(/\p{Cs}/gu, "\ufffd");

/** The same on one line. */
export const spellLine = (text: string): string => spellOut(text).replace(/\p{Cs}/gu, "\ufffd");

/** The most that a page shows of a text, in characters. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const left = text.length - most;
  return `${text.slice(0, most)}\n… and ${left.toLocaleString("en-US")} characters more`;
}

/** A value as people read it: JSON with a line a member where it is long. */
export function valueText(value: Json, most: number): string {
  // Nothing is spelled out that is not shown: a value may be as long as a book.
  const short = JSON.stringify(value);
  if (short.length <= longest || typeof value === "string") return spellText(cutTo(short, most));
  return spellText(cutTo(JSON.stringify(value, undefined, 2), most));
}

const longest = 72;

/** A place in a model, e.g. `VpcConfig.SubnetIds.0`. */
export function placeText(pointer: Pointer): string {
  const names = segmentsOf(pointer).map((name) => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name)));
  return spellLine(names.join("."));
}
