// Names and messages are not ours: control characters in them could steer the terminal, and marks of direction could
// show text in another order than it has.
const unruly = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** The text with every unruly character but the line feed spelled out, e.g. `\u001b`. */
export const spelled = (text: string): string =>
  text.replace(unruly, (character) => (character === "\n" ? character : escapeOf(character)));

/** The text with every unruly character spelled out, so that it stays on its line. */
export const onOneLine = (text: string): string => text.replace(unruly, escapeOf);

const escapeOf = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * One word for a POSIX shell, quoted where it has to be: identifiers hold `|`, `$` and quotes. Unruly characters stand
 * as escapes that bash and zsh read.
 */
export function shellQuoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (onOneLine(word) !== word) return `$'${onOneLine(word.replace(/[\\']/g, String.raw`\$&`))}'`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
