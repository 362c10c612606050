import { type Json, type Props, child } from "../json.ts";

/** A piece of the value that the service will read back: as written, or a regular expression of the schema. */
interface Part {
  readonly text: string;
  readonly pattern: boolean;
}

type Parts = readonly Part[];

/** Where the names of an expression are looked up. */
export interface Names {
  readonly model: Props;
  /** The object that holds the property. */
  readonly owner: Json | undefined;
}

/**
 * Tells whether `live` is what the service makes of the desired value, by a `propertyTransform` of the schema:
 * alternatives split by ` $OR `, each read as the subset of JSONata that only changes case, joins, splits and
 * concatenates. An expression beyond that never matches.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export function isTransformOf(expression: string, names: Names, live: Json): boolean {
  if (typeof live !== "string") return false;
  return expression.split(" $OR ").some((alternative) =>
    // Some entries name properties from the model's root, others from the enclosing object.
    [names.owner, names.model].some((within) => {
      const result = evaluate(alternative, within);
      return result !== undefined && reads(result, live);
    }),
  );
}

function reads(parts: Parts, live: string): boolean {
  if (parts.map((part) => part.text).join("") === live) return true;
  if (!parts.some((part) => part.pattern) || live.length > 2048) return false;
  const source = parts.map(({ text, pattern }) => (pattern ? text : escapePattern(text))).join("");
  try {
    return new RegExp(`^(?:${source})$`).test(live);
  } catch {
    return false; // the schema's text is no regular expression
  }
}

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** A literal is a pattern only when it can match something other than itself; a lone `.` is a dot. */
const literal = (text: string): Part => ({ text, pattern: /[*+?[\](){}|^$]/.test(text) });

interface Token {
  readonly kind: "name" | "text" | "number" | "mark";
  readonly text: string;
}

function tokensOf(expression: string): Token[] | undefined {
  const token = /\s*(?:(\$?[A-Za-z_][\w.]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+)|([()[\],&]))\s*/y;
  const found: Token[] = [];
  while (token.lastIndex < expression.length) {
    const hit = token.exec(expression);
    if (!hit) return undefined;
    const [, name, text, number, mark] = hit;
    if (name !== undefined) found.push({ kind: "name", text: name });
    else if (text !== undefined) found.push({ kind: "text", text: unquote(text.slice(1, -1)) });
    else if (number !== undefined) found.push({ kind: "number", text: number });
    else found.push({ kind: "mark", text: mark ?? "" });
  }
  return found;
}

const unquote = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, after: string) => (after === "n" ? "\n" : after === "t" ? "\t" : after));

/** Text as parts, or a list of such, as `$split` makes and `$join` takes. */
type Value = { readonly parts: Parts } | { readonly list: readonly Parts[] };

/** Reads tokens from the left; `undefined` anywhere means that the expression cannot be evaluated. */
interface Reader {
  readonly tokens: readonly Token[];
  readonly within: Json | undefined;
  at: number;
}

function evaluate(expression: string, within: Json | undefined): Parts | undefined {
  const tokens = tokensOf(expression);
  if (!tokens) return undefined;
  const reader: Reader = { tokens, within, at: 0 };
  const value = sum(reader);
  return value && "parts" in value && reader.at === tokens.length ? value.parts : undefined;
}

function take(reader: Reader, mark: string): boolean {
  const found = reader.tokens[reader.at];
  if (found?.kind !== "mark" || found.text !== mark) return false;
  reader.at++;
  return true;
}

function sum(reader: Reader): Value | undefined {
  let value = term(reader);
  while (value && take(reader, "&")) {
    const next = term(reader);
    value =
      next && "parts" in value && "parts" in next ? { parts: [...value.parts, ...next.parts] } : undefined;
  }
  return value;
}

function term(reader: Reader): Value | undefined {
  if (take(reader, "[")) {
    const items = readList(reader, "]");
    return items && { list: items.flatMap((item) => ("parts" in item ? [item.parts] : item.list)) };
  }
  const first = reader.tokens[reader.at++];
  if (first?.kind === "text") return { parts: [literal(first.text)] };
  if (first?.kind !== "name") return undefined;
  if (!first.text.startsWith("$")) return readPath(first.text, reader.within);
  const given = take(reader, "(") ? readList(reader, ")") : undefined;
  return given && readIndex(reader, call(first.text, given));
}

function readList(reader: Reader, end: string): Value[] | undefined {
  const values: Value[] = [];
  do {
    const value = sum(reader);
    if (!value) return undefined;
    values.push(value);
  } while (take(reader, ","));
  return take(reader, end) ? values : undefined;
}

/** Applies `[n]` where it follows; a negative index counts from the end. */
function readIndex(reader: Reader, value: Value | undefined): Value | undefined {
  if (!value || !take(reader, "[")) return value;
  const index = reader.tokens[reader.at++];
  if (index?.kind !== "number" || !("list" in value) || !take(reader, "]")) return undefined;
  const parts = value.list.at(Number(index.text));
  return parts && { parts };
}

function readPath(path: string, within: Json | undefined): Value | undefined {
  const value = path.split(".").reduce(child, within);
  if (value === undefined || value === null || typeof value === "object") return undefined;
  return { parts: [{ text: String(value), pattern: false }] };
}

function call(name: string, [first, second]: readonly Value[]): Value | undefined {
  if (!first) return undefined;
  if (name === "$join") {
    const between = second ? textOf(second) : "";
    return "list" in first && between === "" ? { parts: first.list.flat() } : undefined;
  }
  const text = textOf(first);
  const by = second && textOf(second);
  if (text === undefined) return undefined;
  const plain = (changed: string): Value => ({ parts: [{ text: changed, pattern: false }] });
  if (name === "$lowercase") return plain(text.toLowerCase());
  if (name === "$uppercase") return plain(text.toUpperCase());
  if (name === "$string") return first;
  if (by === undefined) return undefined;
  if (name === "$substringAfter")
    return plain(text.includes(by) ? text.slice(text.indexOf(by) + by.length) : text);
  if (name === "$split") return { list: text.split(by).map((piece) => [{ text: piece, pattern: false }]) };
  return undefined;
}

/** The text of a value that holds no pattern. */
function textOf(value: Value): string | undefined {
  if (!("parts" in value) || value.parts.some((part) => part.pattern)) return undefined;
  return value.parts.map((part) => part.text).join("");
}
