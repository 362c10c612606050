import type { Because, ShownOperation } from "../../events.ts";
import type { Json, Pointer } from "../../json.ts";
import { diffLines } from "../line-diff.ts";
import { type Markup, markup } from "../markup/markup.ts";
import { placeText, spellLine, valueText } from "./values.ts";

/** How differences are written. */
export interface DifferenceStyle {
  /** The most characters of one value that are shown. */
  readonly most: number;
  /** The pointers whose values are known only after apply. */
  readonly unknown: readonly Pointer[];
}

/** One operation of a patch: the place, and what was and will be there. */
export function operationMarkup(operation: ShownOperation, style: DifferenceStyle): Markup {
  const { path } = operation;
  if (!("value" in operation)) {
    if (operation.op === "remove") return differenceMarkup({ path, ...fromOf(operation.from) }, style);
    return blockOf(path, markup`<div>${operation.op} from ${placeText(operation.from)}</div>`);
  }
  const { op, value, unshown } = operation;
  if (op === "test") return blockOf(path, markup`<div>is ${valueText(value, style.most)}</div>`);
  if (unshown !== undefined)
    return blockOf(path, insertion(valueText(value, style.most)), `${unshown}, AWS does not show it`);
  return differenceMarkup({ path, to: value, ...fromOf(operation.from) }, style);
}

const fromOf = (from: Json | undefined): { readonly from?: Json } => (from === undefined ? {} : { from });

/** What was at a place and what is, or will be, there: long texts and documents line by line. */
export function differenceMarkup({ path, from, to }: Because, style: DifferenceStyle, note?: string): Markup {
  const notes = [note, isOpen(path, style.unknown) ? "known after apply" : undefined].filter(
    (text) => text !== undefined,
  );
  const lines = from === undefined || to === undefined ? undefined : lineDifference(from, to, style.most);
  const body = lines ?? [
    ...(from === undefined ? [] : [deletion(valueText(from, style.most))]),
    ...(to === undefined ? [] : [insertion(valueText(to, style.most))]),
    ...(from === undefined && to === undefined ? [markup`<div>removed</div>`] : []),
  ];
  return blockOf(path, body, notes.join(", "));
}

const isOpen = (path: Pointer, unknown: readonly Pointer[]): boolean =>
  unknown.some((pointer) => pointer === path || pointer.startsWith(`${path}/`));

function blockOf(path: Pointer, body: Markup | readonly Markup[], note = ""): Markup {
  const told = note === "" ? undefined : markup` <span class="note">${spellLine(note)}</span>`;
  return markup`<div><span class="path">${placeText(path)}</span>${told}<div class="diff">${body}</div></div>`;
}

const deletion = (text: string): Markup => markup`<del><span class="note">− </span>${text}</del>`;
const insertion = (text: string): Markup => markup`<ins><span class="note">+ </span>${text}</ins>`;

/** Longer texts are not compared line by line. */
const longestCompared = 100_000;
/** So many characters of a difference are about one line of it. */
const perLine = 60;

/** The lines in which two texts, or two documents, differ; undefined where they are neither, or too long to compare. */
function lineDifference(from: Json, to: Json, most: number): readonly Markup[] | undefined {
  const isTooLong = [from, to].some((value) => typeof value === "string" && value.length > longestCompared);
  return isTooLong
    ? undefined
    : diffLines(from, to, Math.max(6, Math.floor(most / perLine)))?.map(lineMarkup);
}

function lineMarkup(line: string): Markup {
  if (line.startsWith("- ")) return deletion(line.slice(2));
  return line.startsWith("+ ") ? insertion(line.slice(2)) : markup`<div>${line}</div>`;
}
