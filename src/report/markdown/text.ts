import { spellOut } from "../../unruly.ts";
import { cutText } from "../cut-text.ts";

// What comes from elsewhere stands in code and nowhere else: there nothing is a link, a mention, an issue or markup.

/** Text of any kind as code on one line, also in a cell of a table. */
export function codeOf(text: string, most: number): string {
  const shown = shownOf(text, most);
  // A pipe would end a cell, a backtick the code; a backslash may stand before either.
  return /^(?! )[^`|\\]+(?<! )$/.test(shown) ? `\`${shown}\`` : htmlCodeOf(text, most);
}

/** The same where HTML stands, such as in a summary: no letter of it means anything to Markdown or to HTML. */
export const htmlCodeOf = (text: string, most: number): string =>
  `<code>${shownOf(text, most).replace(signs, (sign, link) => (link === undefined ? entitiesOf(sign) : tearing(sign)))}</code>`;

// Some parsers look for addresses only once entities are read: what makes one is torn apart.
const signs = /(@|:\/|(?<=www)\.)|[!-/:-@[-`{-~]/gi;
const tearing = (sign: string): string => `<!-- -->${entitiesOf(sign)}<!-- -->`;
const entitiesOf = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => `&#${text.charCodeAt(i)};`).join("");

/** On one line, without what steers a terminal or turns text round. Cut before it is gone through: it may be long. */
const shownOf = (text: string, most: number): string => cutText(spellOut(cutText(text, most)), most);

/** Lines as a difference, in a fence that nothing in them can end. */
export function fenceOf(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [`${fence}diff`, ...lines, fence].join("\n");
}
