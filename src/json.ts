/** A JSON value. `undefined` means absent and never stands inside one. */
export type Json = null | boolean | number | string | readonly Json[] | Props;

/** A JSON object: the properties of a resource, or an object inside them. */
export interface Props {
  readonly [name: string]: Json;
}

/** An RFC 6901 pointer; in facts a segment `*` stands for every array index and every map key. */
export type Pointer = string;

/** Tells whether a value is a JSON object (not an array, not null). */
export function isProps(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a JSON array; unlike `Array.isArray` it keeps the element type. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Compares two JSON values strictly: key order aside, everything counts. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isProps(a) || !isProps(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
  );
}

/** Splits a pointer into its unescaped segments; the empty pointer names the whole value. */
export function segmentsOf(pointer: Pointer): string[] {
  if (pointer === "") return [];
  const segments = pointer.slice(1).split("/");
  if (!pointer.includes("~")) return segments;
  return segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Joins segments into a pointer, escaping `~` and `/` (RFC 6901 section 3). */
export function pointerOf(segments: readonly (string | number)[]): Pointer {
  let pointer = "";
  for (const segment of segments) pointer += `/${typeof segment === "number" ? segment : escape(segment)}`;
  return pointer;
}

const escape = (segment: string): string =>
  segment.includes("~") || segment.includes("/")
    ? segment.replaceAll("~", "~0").replaceAll("/", "~1")
    : segment;

/** Steps into an object by own name or into an array by index; anything else is absent. */
export function child(value: Json | undefined, segment: string): Json | undefined {
  if (isList(value)) return isIndex(segment) ? value[Number(segment)] : undefined;
  return isProps(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

const isIndex = (segment: string): boolean => /^(0|[1-9]\d*)$/.test(segment);

/** Finds the value at a concrete pointer (no `*`), or undefined. */
export function valueAt(value: Json | undefined, pointer: Pointer): Json | undefined {
  let at = value;
  for (const segment of segmentsOf(pointer)) at = child(at, segment);
  return at;
}

/** Lists the concrete pointers in `value` that a pattern with `*` names, in document order. */
export function expand(value: Json | undefined, pattern: Pointer): Pointer[] {
  // Most of what the facts of a type name is not there, or stands at the top.
  const end = pattern.indexOf("/", 1);
  const first = end === -1 ? pattern.slice(1) : pattern.slice(1, end);
  const isPlain = pattern !== "" && first !== "*" && !first.includes("~") && isProps(value);
  if (isPlain && child(value, first) === undefined) return [];
  if (isPlain && end === -1) return [pattern];
  let found: { path: string[]; value: Json | undefined }[] = [{ path: [], value }];
  for (const segment of segmentsOf(pattern)) {
    found = found.flatMap((at) =>
      namesIn(at.value, segment).map((name) => ({ path: [...at.path, name], value: child(at.value, name) })),
    );
  }
  return found.map((at) => pointerOf(at.path));
}

function namesIn(value: Json | undefined, segment: string): string[] {
  if (segment === "*") {
    return isList(value) ? value.map((_, i) => String(i)) : isProps(value) ? Object.keys(value) : [];
  }
  return child(value, segment) === undefined ? [] : [segment];
}

/** Tells whether the concrete pointer is one that the pattern names. */
export function matches(pattern: Pointer, pointer: Pointer): boolean {
  if (!pattern.includes("*")) return pattern === pointer;
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(pointer);
  return (
    wanted.length === given.length && wanted.every((segment, i) => segment === "*" || segment === given[i])
  );
}

/** Tells whether the pointer lies at or below a place that the pattern names. */
export function covers(pattern: Pointer, pointer: Pointer): boolean {
  if (!pattern.includes("*"))
    return (
      pointer.startsWith(pattern) && (pointer.length === pattern.length || pointer[pattern.length] === "/")
    );
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(pointer);
  return (
    wanted.length <= given.length && wanted.every((segment, i) => segment === "*" || segment === given[i])
  );
}

/** Returns a copy of `value` with `change` applied at a concrete pointer; `undefined` removes. Missing parents stay missing. */
export function withValueAt(value: Json, pointer: Pointer, change: Json | undefined): Json {
  return put(value, segmentsOf(pointer), change) ?? null;
}

function put(value: Json | undefined, path: readonly string[], change: Json | undefined): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return change;
  if (isList(value)) {
    const index = isIndex(segment) ? Number(segment) : -1;
    return value.flatMap((item, i) => {
      const next = i === index ? put(item, rest, change) : item;
      return next === undefined ? [] : [next];
    });
  }
  if (!isProps(value)) return value;
  const next = put(child(value, segment), rest, change);
  if (next !== undefined) return { ...value, [segment]: next };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== segment));
}

/** The same of a value that is there afterwards for certain: missing parents are made as objects, and a scalar gives way. */
export function plantAt(value: Json, pointer: Pointer, leaf: Json): Json {
  return plant(value, segmentsOf(pointer), leaf);
}

function plant(value: Json, path: readonly string[], leaf: Json): Json {
  const [segment, ...rest] = path;
  if (segment === undefined) return leaf;
  if (isList(value)) return value.map((item, i) => (String(i) === segment ? plant(item, rest, leaf) : item));
  const props = isProps(value) ? value : {};
  return { ...props, [segment]: plant(child(props, segment) ?? {}, rest, leaf) };
}

/** Lists every leaf: scalars and empty containers, with their concrete pointers. */
export function leavesOf(value: Json, path: readonly string[] = []): { pointer: Pointer; value: Json }[] {
  const children: [string, Json][] = isList(value)
    ? value.map((item, i) => [String(i), item])
    : isProps(value)
      ? Object.entries(value)
      : [];
  if (children.length === 0) return [{ pointer: pointerOf(path), value }];
  return children.flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

/** Writes JSON text with sorted keys, so that equal values give equal text. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isProps(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** What may hold a number that is not exact, in strings too: only then is every number looked at. */
const suspicious = /\d[\d.]{14,}|\d[eE][+-]?\d/;
const stringOrNumber = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads JSON text. A number that would be rounded (beyond 2^53, 1e400) comes as text, exactly as it is written. */
export function parseExact(text: string): Json {
  const sure = suspicious.test(text)
    ? text.replace(stringOrNumber, (token) => (isInexact(token) ? `"${token}"` : token))
    : text;
  const value: Json = JSON.parse(sure);
  return value;
}

/** The first number in JSON text that reading would round. */
export function inexactIn(text: string): string | undefined {
  return suspicious.test(text) ? text.match(stringOrNumber)?.find(isInexact) : undefined;
}

const isInexact = (token: string): boolean => !token.startsWith('"') && !isExact(Number(token), token);

/** Tells whether a double is the very number that was written, e.g. of `0.1`. */
function isExact(value: number, written: string): boolean {
  if (!Number.isFinite(value)) return false;
  const exactly = Number.isInteger(value) ? String(BigInt(value)) : value.toFixed(100);
  return [String(value), exactly].some(
    (spelling) => normalizeDecimal(spelling) === normalizeDecimal(written),
  );
}

/**
 * Tells whether a script's number can only be the one that was meant. JavaScript has rounded it by now: a whole number
 * beyond 2^53 is certain where 15 digits tell it, as those of `1e18` do.
 */
export function isSure(value: number): boolean {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return Number.isFinite(value);
  return digitsOf(String(value)).length <= 15 || Math.abs(value) === Number.MAX_VALUE;
}

const digitsOf = (written: string): string =>
  written
    .replace(/[eE].*$/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+/, "")
    .replace(/0+$/, "");

/** The same text for every way to write the same decimal number. */
function normalizeDecimal(written: string): string {
  const digits = digitsOf(written);
  if (digits === "") return "0";
  const [, sign = "", whole = "", part = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const zeros = (whole + part).length - (whole + part).replace(/^0+/, "").length;
  return `${sign}0.${digits}e${whole.length - zeros + Number(exponent)}`;
}
