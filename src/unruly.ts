// Names and messages are not ours: control characters in them could steer the terminal, and marks of direction or
// characters without a form could show another text than there is (CVE-2021-42574). The two joiners belong to scripts.
const unruly = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with every unruly character spelled out as JSON and TypeScript read it back, e.g. `\u001b`. */
export const spellOut = (text: string, kept = ""): string =>
  text.replace(unruly, (character) => (kept.includes(character) ? character : escapeOf(character)));

const escapeOf = (character: string): string =>
  Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

/** A value as JSON text that shows every unruly character as an escape, which reading it turns back. */
export const jsonText = (value: unknown, indent?: number): string =>
  spellOut(JSON.stringify(value, undefined, indent), "\n");
