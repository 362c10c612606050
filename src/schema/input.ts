import { ResourceError } from "../errors.ts";
import { isSure, isProps, type Json, type Pointer, pointerOf, type Props } from "../json.ts";

/** How a script's value is read. */
export interface InputOptions {
  /** Where the value stands; problems are named from there. */
  readonly at?: Pointer | undefined;
  /**
   * Called for every object, array or function before the general rules: what it returns stands in its place, and
   * `undefined` leaves it to the rules.
   */
  readonly replace?: ((value: object, at: Pointer) => Json | undefined) | undefined;
}

// DesiredState holds 1 to 262,144 characters:
// https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html
const longest = 262_144;

// Deeper than any model of AWS, and far from the end of the stack.
const deepest = 100;

/**
 * Reads what a script passed as the properties of a resource. Members that are `undefined` are dropped; whatever JSON
 * cannot hold, nests over 100 deep or takes over 262,144 characters is `VALIDATION` naming the place and the remedy.
 */
export function toProps(value: unknown, options: InputOptions = {}): Props {
  const { at = "", replace } = options;
  const props = read(value, at, { replace, within: undefined });
  if (!isProps(props)) throw refusal(at, "must be an object");
  const { length } = JSON.stringify(props);
  if (length > longest) throw refusal(at, `takes ${length} characters of JSON; AWS takes at most ${longest}`);
  return props;
}

interface InputContext {
  readonly replace: InputOptions["replace"];
  /** What is around the value: meeting it again is a cycle. */
  readonly within: Around | undefined;
}

/** An object being read, and those around it. */
interface Around {
  readonly object: object;
  readonly above: Around | undefined;
  readonly depth: number;
}

function isAround(value: object, around: Around | undefined): boolean {
  for (let one = around; one; one = one.above) if (one.object === value) return true;
  return false;
}

function read(value: unknown, at: Pointer, reading: InputContext): Json | undefined {
  if (value === undefined || isScalar(value)) return value;
  if (typeof value === "bigint" && BigInt(Number(value)) === value && isSure(Number(value)))
    return Number(value);
  if (typeof value !== "object" && typeof value !== "function") throw refusal(at, whyNoJson(value));
  const replaced = reading.replace?.(value, at);
  if (replaced !== undefined) return replaced;
  if (typeof value === "function") throw refusal(at, "is a function: call it, or leave it out");
  return readObject(value, at, reading);
}

const isScalar = (value: unknown): value is null | boolean | number | string =>
  value === null ||
  typeof value === "boolean" ||
  typeof value === "string" ||
  (typeof value === "number" && isSure(value));

function readObject(value: object, at: Pointer, reading: InputContext): Json | undefined {
  const { within: above, replace } = reading;
  if (isAround(value, above)) throw refusal(at, "holds itself");
  const depth = (above?.depth ?? 0) + 1;
  if (depth > deepest) throw refusal(at, `is nested over ${deepest} deep`);
  const remedy = remedyFor(value);
  if (remedy !== undefined) throw refusal(at, remedy);
  const inside: InputContext = { replace, within: { object: value, above, depth } };
  if (Array.isArray(value)) return readList(value, at, inside);
  if (isPlain(value)) return readMembers(value, at, inside);
  if ("toJSON" in value && typeof value.toJSON === "function") return read(value.toJSON(), at, inside);
  throw refusal(at, "is an instance of a class: pass a plain object");
}

function readList(list: readonly unknown[], at: Pointer, reading: InputContext): Json {
  // Array.from, unlike map, also visits holes.
  return Array.from(list, (item, i) => {
    const place = at + pointerOf([i]);
    const json = read(item, place, reading);
    if (json === undefined) throw refusal(place, "is undefined: leave the item out");
    return json;
  });
}

function readMembers(value: object, at: Pointer, reading: InputContext): Props {
  // fromEntries defines members, so that one called __proto__ is data like any other.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const json = read(member, at + pointerOf([name]), reading);
      return json === undefined ? [] : [[name, json]];
    }),
  );
}

/** Tells whether an object is a literal or has no prototype, of whatever realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function remedyFor(value: object): string | undefined {
  if ("then" in value && typeof value.then === "function") return "is a promise: await it";
  if (value instanceof Date) return "is a Date: pass date.toISOString()";
  if (value instanceof Map) return "is a Map: pass Object.fromEntries(map)";
  if (value instanceof Set) return "is a Set: pass [...set]";
  if (ArrayBuffer.isView(value)) return 'holds bytes: pass text, e.g. bytes.toString("base64")';
  return undefined;
}

function whyNoJson(value: unknown): string {
  const isNumber = typeof value === "bigint" || Number.isFinite(value);
  if (!isNumber) return `is ${String(value)}, which JSON cannot hold`;
  return `is ${String(value)}: numbers from 2^53 on are not told apart, so it might be another than the one meant; pass text where text is asked`;
}

function refusal(at: Pointer, what: string): ResourceError {
  const place = at === "" ? "the value passed as properties" : at;
  return new ResourceError("VALIDATION", `${place} ${what}`, { paths: [at] });
}
