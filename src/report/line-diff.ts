// The package as a whole is eighteen modules, which every run would load.
import { structuredPatch } from "diff/lib/patch/create.js";
import { type Json, isList, isProps, parseExact } from "../json.ts";
import { cutText } from "./cut-text.ts";
import { spellOut } from "../unruly.ts";

const mask = "‹secret›";
/** Shorter documents are read at a glance, side by side. */
const shortest = 72;
/** Lines of a file that somebody has minified would fill the screen. */
const widest = 200;
/** Beyond it two texts have hardly a line in common, and to look for one takes long. */
const mostEdits = 1_000;

/**
 * The difference of two texts of several lines, or of two JSON documents, line by line with two lines around: `- ` and
 * `+ ` begin what goes and what comes; no more lines than `most`. Undefined where the values are neither, and are read
 * best as they are.
 */
export function diffLines(was: Json, will: Json, most: number): readonly string[] | undefined {
  const isLong = [was, will].some((value) => isLengthy(value));
  const [before, after] = [linesOf(was), linesOf(will)];
  if (!isLong || before === undefined || after === undefined) return undefined;
  if (before === after) return [sameText(was, will, before)];
  const found = structuredPatch("", "", before, after, "", "", { context: 2, maxEditLength: mostEdits });
  if (!found) return [`${countOf(before)} lines → ${countOf(after)} others`];
  const all = found.hunks.flatMap((hunk, i) => [
    ...(i > 0 ? ["…"] : []),
    ...hunk.lines.filter((line) => !line.startsWith("\\")).map(lineText),
  ]);
  if (all.length <= most) return all;
  return [...all.slice(0, most - 1), `… and ${all.length - most + 1} lines more`];
}

const lineText = (line: string): string =>
  cutText(spellOut(`${line.slice(0, 1)} ${line.slice(1)}`).trimEnd(), widest);

/** Two values of which no line differs: a secret does, or how the same document is written. */
function sameText(was: Json, will: Json, text: string): string {
  if (text.includes(mask)) return "differs in what is hidden";
  return typeof was === typeof will ? "the same document, written otherwise" : "the same document as text";
}

const countOf = (text: string): number => text.split("\n").length - 1;

const isLengthy = (value: Json): boolean =>
  typeof value === "string"
    ? value.includes("\n") || (value.length > shortest && documentIn(value) !== undefined)
    : JSON.stringify(value).length > shortest;

/** A text's lines, or those of a JSON document, which services give back with its members in another order. */
function linesOf(value: Json): string | undefined {
  const document = typeof value === "string" ? documentIn(value) : value;
  if (isList(document) || isProps(document))
    return `${JSON.stringify(sortMembers(document), undefined, 2)}\n`;
  return typeof value === "string" ? `${value.replace(/\n$/, "")}\n` : undefined;
}

/** The object or list that a text spells as JSON. */
function documentIn(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const document = parseExact(text);
    return isList(document) || isProps(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function sortMembers(value: Json): Json {
  if (isList(value)) return value.map(sortMembers);
  if (!isProps(value)) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sortMembers(member)]));
}
