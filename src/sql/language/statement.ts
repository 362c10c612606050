import { isTypeName } from "./names.ts";
import { refuseStatement } from "./refuse.ts";
import { type Asking, askingIn } from "./asking.ts";
import { type Token, isWord, plainName, quoteName, tokensOf } from "./tokens.ts";

/** A table as a statement names it. */
export interface NamedTable {
  /** `aws.sqs.queues`, `AWS::SQS::Queue` or `state.entries`. */
  readonly name: string;
  readonly at: number;
}

/** What a write is to do, beside what SQLite reads of it. */
export interface WriteTarget extends NamedTable {
  readonly verb: "insert" | "update" | "delete";
  /** The name by which the statement calls it. */
  readonly alias: string | undefined;
  readonly hasWhere: boolean;
  /** What it asks to be told of the rows that it has written, as it is written. */
  readonly returning: string | undefined;
}

/** A statement that SQLite runs. */
export interface Query {
  readonly kind: "query";
  /** As it was given. */
  readonly given: string;
  /** As SQLite reads it: every table by a name in quotes, and without RETURNING. */
  readonly text: string;
  readonly tables: readonly NamedTable[];
  readonly hasLimit: boolean;
  /** Where it has places for values. */
  readonly places: readonly number[];
  /** Undefined for one that only reads. */
  readonly target: WriteTarget | undefined;
  /** Where in what was given stands what is so many UTF-16 units into the text. */
  readonly placeOf: (offset: number) => number;
}

/** A piece of the statement, with the depth of parentheses around it. */
interface Piece extends Token {
  readonly depth: number;
}

/** Reads what kind of statement it is and which tables it names; what is none is `VALIDATION` with its place. */
export function readStatement(given: string): Query | Asking {
  const pieces = solid(given);
  requireOne(given, pieces);
  const asking = askingIn(given, pieces);
  if (asking) return asking;
  const verb = verbIn(given, pieces);
  const tables = tablesIn(pieces);
  const returning = verb.text.toUpperCase() === "SELECT" ? undefined : returningIn(pieces, verb);
  const { text, placeOf } = rewrite(given, pieces, tables, returning);
  return {
    kind: "query",
    given,
    text,
    tables: tables.map(({ name, from }) => ({ name, at: from })),
    hasLimit: pieces.some((piece) => isWord(piece, "LIMIT")),
    places: pieces.filter(({ kind }) => kind === "place").map(({ at }) => at),
    target: targetIn(given, pieces, verb, tables),
    placeOf,
  };
}

/** What is not blank, less a semicolon at the end. */
function solid(given: string): Piece[] {
  let depth = 0;
  const pieces = tokensOf(given)
    .filter(({ kind }) => kind !== "blank")
    .map((token) => {
      if (token.text === "(") depth += 1;
      const piece = { ...token, depth };
      if (token.text === ")") depth -= 1;
      return piece;
    });
  while (pieces.at(-1)?.text === ";") pieces.pop();
  return pieces;
}

function requireOne(given: string, pieces: readonly Piece[]): void {
  const open = pieces.find(({ kind, text }) => kind === "mark" && /["'`[]/.test(text));
  if (open)
    throw refuseStatement(given, open.at, `a ${open.text} opens and never ends`, "End it, or take it away.");
  const end = pieces.findIndex(({ text, kind }) => kind === "mark" && text === ";");
  if (end >= 0) {
    const next = pieces[end + 1]?.at ?? 0;
    throw refuseStatement(
      given,
      next,
      "one statement at a time is taken, and here a second begins",
      "Ask them one by one.",
    );
  }
  if (pieces.length === 0)
    throw refuseStatement(given, 0, "the statement is empty", 'Ask something, e.g. "SHOW SERVICES".');
}

const verbs = ["SELECT", "VALUES", "INSERT", "UPDATE", "DELETE"];

/** The word that says what is done: the first, or the first after the tables of WITH. */
function verbIn(given: string, pieces: readonly Piece[]): Piece {
  const [first] = pieces;
  const isBegun = isWord(first, "WITH");
  const found = isBegun ? pieces.find((piece) => piece.depth === 0 && isWord(piece, ...verbs)) : first;
  if (found && isWord(found, ...verbs)) return found;
  throw refuseStatement(
    given,
    first?.at ?? 0,
    `a statement does not begin with ${JSON.stringify(first?.text ?? "")}`,
    `It begins with ${verbs.join(", ")}, WITH, SHOW or DESCRIBE.`,
  );
}

interface TableSpan extends NamedTable {
  readonly from: number;
  readonly to: number;
  /** The index of the piece after it. */
  readonly next: number;
}

/** `aws.sqs.queues`, `state.entries` and types in quotes, wherever they stand. */
function tablesIn(pieces: readonly Piece[]): readonly TableSpan[] {
  return pieces.flatMap((piece, i) => {
    const isMember = pieces[i - 1]?.text === ".";
    const parts = isMember ? [] : dottedAt(pieces, i);
    const last = parts.at(-1);
    if (last) {
      const name = parts.map((part) => plainName(part).toLowerCase()).join(".");
      return [
        {
          name,
          at: piece.at,
          from: piece.at,
          to: last.at + last.text.length,
          next: i + 2 * parts.length - 1,
        },
      ];
    }
    if (piece.kind !== "name" || isMember || !isTypeName(plainName(piece))) return [];
    return [
      { name: plainName(piece), at: piece.at, from: piece.at, to: piece.at + piece.text.length, next: i + 1 },
    ];
  });
}

/** The parts of a dotted table that begins here. */
function dottedAt(pieces: readonly Piece[], i: number): readonly Piece[] {
  const count = isWord(pieces[i], "AWS") ? 3 : isWord(pieces[i], "STATE") ? 2 : 0;
  const parts = Array.from({ length: count }, (_, n) => pieces[i + 2 * n]).filter(
    (part) => part !== undefined,
  );
  const dots = parts.slice(1).every((_, n) => pieces[i + 2 * n + 1]?.text === ".");
  const isWhole = parts.length === count && parts.every(({ kind }) => kind === "word" || kind === "name");
  if (!dots || !isWhole) return [];
  return count === 3 || isWord(parts[1], "ENTRIES") ? parts : [];
}

/** Every table by one name in quotes; also where its last part alone stands for it before a column. */
function rewrite(
  given: string,
  pieces: readonly Piece[],
  tables: readonly TableSpan[],
  returning: Piece | undefined,
): Pick<Query, "text" | "placeOf"> {
  const short = shortNames(pieces, tables);
  const spans = [...tables, ...short].toSorted((a, b) => a.from - b.from);
  const end = returning?.at ?? (pieces.at(-1)?.at ?? 0) + (pieces.at(-1)?.text.length ?? 0);
  const shifts: { readonly out: number; readonly from: number }[] = [{ out: 0, from: 0 }];
  let text = "";
  let done = 0;
  for (const { from, to, name } of spans.filter((span) => span.from < end)) {
    text += given.slice(done, from);
    shifts.push({ out: text.length, from });
    text += quoteName(name);
    shifts.push({ out: text.length, from: to });
    done = to;
  }
  text += given.slice(done, end);
  const placeOf = (offset: number): number => {
    const shift = shifts.findLast(({ out }) => out <= offset) ?? { out: 0, from: 0 };
    return shift.from + offset - shift.out;
  };
  return { text, placeOf };
}

/** `queues.queue_name` of `aws.sqs.queues`, where nothing else goes by that name. */
function shortNames(pieces: readonly Piece[], tables: readonly TableSpan[]): readonly TableSpan[] {
  const starts = new Set(tables.map(({ next }) => pieces[next]).filter(Boolean));
  return pieces.flatMap((piece, i) => {
    if (piece.kind !== "word" || pieces[i + 1]?.text !== "." || pieces[i - 1]?.text === ".") return [];
    const named = new Set(
      tables.map(({ name }) => name).filter((name) => name.endsWith(`.${piece.text.toLowerCase()}`)),
    );
    const isAlias = pieces.some(
      (other, n) => other.text === piece.text && (isWord(pieces[n - 1], "AS") || starts.has(other)),
    );
    const [name, ...others] = named;
    if (name === undefined || others.length > 0 || isAlias) return [];
    return [{ name, at: piece.at, from: piece.at, to: piece.at + piece.text.length, next: i + 1 }];
  });
}

const returningIn = (pieces: readonly Piece[], verb: Piece): Piece | undefined =>
  pieces.find((piece) => piece.depth === 0 && piece.at > verb.at && isWord(piece, "RETURNING"));

const examples = {
  insert: "INSERT INTO aws.sqs.queues (queue_name) VALUES ('a')",
  update: "UPDATE aws.sqs.queue SET delay_seconds = 5 WHERE data__Identifier = '…'",
  delete: "DELETE FROM aws.sqs.queue WHERE data__Identifier = '…'",
} as const;

function targetIn(
  given: string,
  pieces: readonly Piece[],
  verb: Piece,
  tables: readonly TableSpan[],
): WriteTarget | undefined {
  const kind = verb.text.toLowerCase();
  if (kind !== "insert" && kind !== "update" && kind !== "delete") return undefined;
  const at = pieces.indexOf(verb) + (kind === "update" ? 1 : 2);
  const table = tables.find(({ from }) => from === pieces[at]?.at);
  if (!table) {
    const what = `no table is named that ${verb.text.toUpperCase()} could write to`;
    throw refuseStatement(given, pieces[at]?.at ?? given.length, what, `Write e.g. ${examples[kind]}.`);
  }
  const returning = returningIn(pieces, verb);
  return {
    verb: kind,
    name: table.name,
    at: table.from,
    alias: aliasAt(pieces, table.next, kind),
    hasWhere: pieces.some((piece) => piece.depth === 0 && piece.at > verb.at && isWord(piece, "WHERE")),
    returning: returning && given.slice(returning.at + returning.text.length).replace(/[;\s]+$/, ""),
  };
}

function aliasAt(pieces: readonly Piece[], at: number, kind: WriteTarget["verb"]): string | undefined {
  const next = pieces[at];
  const isNone = kind === "insert" || isWord(next, "SET", "WHERE", "RETURNING", "INDEXED", "NOT");
  const alias = isWord(next, "AS") ? pieces[at + 1] : isNone ? undefined : next;
  return alias?.kind === "word" || alias?.kind === "name" ? plainName(alias) : undefined;
}
