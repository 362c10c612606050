import { spellOut } from "../unruly.ts";

/** The text with every unruly character but the line feed spelled out, e.g. `\u001b`. */
export const spellUnruly = (text: string): string => spellOut(text, "\n");

/** The text with every unruly character spelled out, so that it stays on its line. */
export const onOneLine = (text: string): string => spellOut(text);

/**
 * One word for a POSIX shell, quoted where it has to be: identifiers hold `|`, `$` and quotes. Unruly characters stand
 * as escapes that bash and zsh read.
 */
export function quoteForShell(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (onOneLine(word) !== word) return `$'${onOneLine(word.replace(/[\\']/g, String.raw`\$&`))}'`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
