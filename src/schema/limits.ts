import { type Json, type Pointer, type Props, equal, isList, isProps } from "../json.ts";
import type { Limit } from "./facts.ts";
import type { Spot } from "./schema-spots.ts";

/** What a value breaks, in words, and whether it may be only this reading of the schema that says so. */
export interface Breach {
  readonly rule: string;
  readonly isDoubtful: boolean;
}

const numbers = [
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "minProperties",
] as const;

/** Collects what a schema asks of values at its places; below oneOf and anyOf one alternative is enough. */
export function limitsIn(spots: readonly Spot[]): Record<Pointer, readonly Limit[]> {
  const found = new Map<Pointer, Limit[]>();
  for (const { pointer, node, certain } of spots) {
    if (pointer === "") continue;
    const limit = limitOf(node);
    const isFree = Object.keys(limit).length === 0;
    if (certain && isFree) continue;
    found.set(pointer, [...(found.get(pointer) ?? []), certain ? limit : { ...limit, isAlternative: true }]);
  }
  return Object.fromEntries([...found].filter(([, limits]) => limits.some((limit) => !isEmpty(limit))));
}

const isEmpty = (limit: Limit): boolean => Object.keys(limit).every((name) => name === "isAlternative");

function limitOf(node: Props): Limit {
  const { pattern, enum: values } = node;
  const given = numbers.flatMap((name) => (typeof node[name] === "number" ? [[name, node[name]]] : []));
  return {
    ...Object.fromEntries(given),
    ...(typeof pattern === "string" && { pattern }),
    ...(isList(values) && values.length > 0 && { values }),
  };
}

/** Tells what a value breaks of what is asked of its place, if anything. */
export function findBreach(limits: readonly Limit[], value: Json): Breach | undefined {
  const certain = limits.filter(({ isAlternative }) => isAlternative !== true);
  const alternatives = limits.filter(({ isAlternative }) => isAlternative === true);
  const broken = certain.map((limit) => breachOf(limit, value)).filter((breach) => breach !== undefined);
  const others = alternatives.map((limit) => breachOf(limit, value));
  const all = others.includes(undefined) ? broken : [...broken, ...others.filter((one) => one !== undefined)];
  return all.find(({ isDoubtful }) => !isDoubtful) ?? all[0];
}

function breachOf(limit: Limit, value: Json): Breach | undefined {
  const { values } = limit;
  // A number may stand as text, and text as a number: what the service makes of it is not told here.
  if (values && !isList(value) && !isProps(value) && !values.some((one) => isSpelledAs(one, value))) {
    return { rule: `takes one of ${values.slice(0, 12).map(limitText).join(", ")}`, isDoubtful: false };
  }
  if (typeof value === "string") return inText(limit, value);
  if (typeof value === "number") {
    return within([limit.minimum, limit.maximum], value, "takes a number of");
  }
  if (isList(value))
    return within([limit.minItems, limit.maxItems], value.length, "takes a list with", "items");
  return isProps(value)
    ? within([limit.minProperties, undefined], Object.keys(value).length, "takes an object with", "members")
    : undefined;
}

const isSpelledAs = (one: Json, value: Json): boolean =>
  equal(one, value) || limitText(one) === limitText(value);

const limitText = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

function inText({ pattern, minLength, maxLength }: Limit, value: string): Breach | undefined {
  // As Java counts: a character outside the basic plane is one.
  const long = within([minLength, maxLength], Array.from(value).length, "takes text with", "characters");
  if (long || pattern === undefined) return long;
  const form = formOf(pattern);
  if (form === undefined || form.test(value)) return undefined;
  return { rule: `takes text of the form ${pattern}`, isDoubtful: isReadOtherwise(pattern) };
}

function within(
  [least, most]: readonly [number | undefined, number | undefined],
  value: number,
  takes: string,
  unit?: string,
): Breach | undefined {
  if ((least === undefined || value >= least) && (most === undefined || value <= most)) return undefined;
  const bounds = [least !== undefined && `at least ${least}`, most !== undefined && `at most ${most}`];
  const said = bounds.filter((bound) => bound !== false).join(" and ");
  return { rule: [takes, said, unit].filter((part) => part !== undefined).join(" "), isDoubtful: false };
}

function formOf(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** AWS reads patterns as Java does: what JavaScript reads otherwise, or takes in one of its two ways only, is a doubt. */
function isReadOtherwise(pattern: string): boolean {
  if (/\\[pPZAhHGQERXvN]|\(\?[a-z]|&&|[*+?}]\+|\[:|\\x\{/.test(pattern)) return true;
  // Inside a class Java takes `[` as the start of another one.
  return /(?<!\\)\[[^\]\\]*(?:\\.[^\]\\]*)*\[/.test(pattern) || !isPlainUnicode(pattern);
}

function isPlainUnicode(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").source !== "";
  } catch {
    return false;
  }
}
