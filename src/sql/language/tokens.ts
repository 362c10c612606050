/** One piece of a statement. Whatever they are, the pieces in order are its text. */
export interface Token {
  /** `place` stands for a value that is bound, `name` is one in quotes. */
  readonly kind: "blank" | "text" | "name" | "place" | "number" | "word" | "mark";
  readonly text: string;
  /** UTF-16 units before it. */
  readonly at: number;
}

// https://www.sqlite.org/lang_expr.html: what SQLite keeps together. It parses the statement itself; all that is sought
// here are the dotted names of tables, which it does not know, and which kind of statement it is.
const pieces =
  /(?<blank>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<text>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<place>\?\d*|[:@$][\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<mark>[^])/gu;

const kinds = ["blank", "text", "name", "place", "number", "word", "mark"] as const;

/** Parts a statement into its pieces. */
export function tokensOf(statement: string): Token[] {
  return [...statement.matchAll(pieces)].map((piece) => ({
    kind: kinds.find((kind) => piece.groups?.[kind] !== undefined) ?? "mark",
    text: piece[0],
    at: piece.index,
  }));
}

/** Tells whether a piece is one of these words of SQL, in whatever case. */
export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === "word" && words.includes(token.text.toUpperCase());

/** The name that stands in quotes, or the word as it is. */
export const plainName = ({ kind, text }: Token): string =>
  kind === "name" ? text.slice(1, -1).replaceAll(/""|``/g, (two) => two.charAt(0)) : text;

/** A name as SQLite reads it whatever it holds. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
