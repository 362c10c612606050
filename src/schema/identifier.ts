import { ResourceError } from "../errors.ts";
import { isProps, type Json, leavesOf, parseExact, type Props, segmentsOf, valueAt } from "../json.ts";
import type { Facts } from "./facts.ts";

/**
 * The identifier of a model as Cloud Control writes it: the values at `primaryIdentifier` joined with `|`, or JSON
 * object text where a value holds `|` itself. Undefined while a part is missing.
 */
export function identifierOf(facts: Facts, model: Props): string | undefined {
  const aliases = facts.identifierAliases ?? {};
  const pointers = facts.primaryIdentifier ?? [];
  const values = pointers.map((pointer) => {
    const alias = Object.hasOwn(aliases, pointer) ? aliases[pointer] : undefined;
    return textOf(valueAt(model, pointer) ?? (alias === undefined ? undefined : valueAt(model, alias)));
  });
  const parts = withoutAbsentEnd(facts, values);
  return parts.length === 0 || !parts.every(isPart) ? undefined : join(facts, parts);
}

/** The parts up to the last one that is there or has to be. */
function withoutAbsentEnd<T>(facts: Facts, parts: readonly (T | undefined)[]): readonly (T | undefined)[] {
  const least = leastOf(facts);
  const end = parts.findLastIndex((part, i) => i < least || isPart(part)) + 1;
  return parts.slice(0, end);
}

/** How many parts an identifier has at least. */
function leastOf({ primaryIdentifier = [], optionalIdentifier = [] }: Facts): number {
  return primaryIdentifier.findLastIndex((pointer) => !optionalIdentifier.includes(pointer)) + 1;
}

const isFitting = (facts: Facts, count: number): boolean =>
  count >= leastOf(facts) && count <= (facts.primaryIdentifier ?? []).length;

/** The parts of an identifier by property name, e.g. `{ ApiId, StageName }`; undefined where they do not fit the type. */
export function partsOf(facts: Facts, identifier: string): Record<string, string> | undefined {
  const names = namesOf(facts);
  const given = objectIn(identifier);
  const split = (): string[] => (names.length === 1 ? [identifier] : identifier.split("|"));
  const parts = (given && valuesIn(facts, given)) ?? split();
  if (!isFitting(facts, parts.length) || !parts.every(isPart)) return undefined;
  return Object.fromEntries(parts.map((part, i) => [names[i] ?? "", part]));
}

/** Whether a type's identifier may also be written with `/` between its parts. */
export interface IdentifierOptions {
  readonly slash?: boolean | undefined;
}

/**
 * Reads an identifier as a user gives it: `"a|b"`, the parts by name (also as JSON text, or where they stand in the
 * model), and `"a/b"` where `slash` allows it and the number of parts fits. A one-part identifier is taken as it is.
 * Anything else is `VALIDATION`.
 */
export function parseIdentifier(
  facts: Facts,
  given: string | Props,
  options: IdentifierOptions = {},
): string {
  const names = namesOf(facts);
  const byName = withoutAliases(facts, typeof given === "string" ? objectIn(given) : given);
  const values = byName && valuesIn(facts, byName);
  if (values) return join(facts, values);
  if (typeof given === "string" && given !== "" && names.length <= 1) return given;
  if (byName || typeof given !== "string") throw misfit(facts, Object.keys(byName ?? {}).join(", "));
  const separator = options.slash === true && !given.includes("|") ? "/" : "|";
  const parts = given.split(separator);
  if (!isFitting(facts, parts.length) || !parts.every(isPart)) throw misfit(facts, JSON.stringify(given));
  return parts.join("|");
}

/** The names of the identifier's parts in order: the last segment of each pointer. */
function namesOf(facts: Facts): string[] {
  return (facts.primaryIdentifier ?? []).map((pointer) => segmentsOf(pointer).at(-1) ?? "");
}

/** JSON text where the parts would not come out of the plain one as they went in. */
function join(facts: Facts, parts: readonly string[]): string {
  const plain = parts.join("|");
  const object = objectIn(plain);
  const isPlain = !parts.some((part) => part.includes("|")) && !(object && valuesIn(facts, object));
  if (isPlain) return plain;
  const names = namesOf(facts);
  return JSON.stringify(Object.fromEntries(parts.map((part, i) => [names[i] ?? "", part])));
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

const isPart = (part: unknown): part is string => typeof part === "string" && part !== "";

/** The values of the parts, given by their names or where they stand in the model, and nothing beside them. */
function valuesIn(facts: Facts, given: Props): string[] | undefined {
  const names = namesOf(facts);
  const stated = names.filter((name, i) => i < leastOf(facts) || Object.hasOwn(given, name));
  if (namesParts(stated, given)) return stated.map((name) => textOf(given[name]) ?? "");
  const values = (facts.primaryIdentifier ?? []).map((pointer) => textOf(valueAt(given, pointer)));
  const isWhole = values.length > 0 && leavesOf(given).length === values.length;
  return isWhole && values.every(isPart) ? values : undefined;
}

function namesParts(names: readonly string[], given: Props): boolean {
  if (names.length === 0 || names.length !== Object.keys(given).length) return false;
  return names.every((name) => Object.hasOwn(given, name) && isPart(textOf(given[name])));
}

/** Parts that are said by another property's name go by their own. */
function withoutAliases({ identifierAliases = {} }: Facts, given: Props | undefined): Props | undefined {
  if (!given) return undefined;
  const own = new Map(
    Object.entries(identifierAliases).map(([part, alias]) => [alias.slice(1), part.slice(1)]),
  );
  const isPlain = Object.keys(given).every(
    (name) => !own.has(name) || Object.hasOwn(given, own.get(name) ?? ""),
  );
  if (isPlain) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [own.get(name) ?? name, value]));
}

function objectIn(text: string): Props | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value = parseExact(text);
    return isProps(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function misfit(facts: Facts, given: string): ResourceError {
  const names = namesOf(facts).join("|");
  const asked = names === "" ? "text, for its parts are not known here" : `${names}, each with a value`;
  const what = `the identifier is asked as ${asked}; given was ${given || "nothing"}`;
  return new ResourceError("VALIDATION", what, { type: facts.type, paths: facts.primaryIdentifier });
}

/** Tells whether AWS chooses (part of) the identifier, so that nobody else can have had it before. */
export const isServerNamed = ({ primaryIdentifier = [], readOnly = [] }: Facts): boolean =>
  primaryIdentifier.some((pointer) => readOnly.includes(pointer));
