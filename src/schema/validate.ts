import { ResourceError } from "../errors.ts";
import {
  expand,
  isList,
  isProps,
  type Json,
  matches,
  type Pointer,
  pointerOf,
  type Props,
  valueAt,
} from "../json.ts";
import type { Facts, Members, Shape } from "./facts.ts";
import { findBreach } from "./limits.ts";
import { nearest } from "../nearest.ts";

/** Something wrong, or doubtful, in what a script asks. */
export interface Problem {
  readonly path: Pointer;
  /** Says what is wrong, without the path. */
  readonly message: string;
  /** A warning never stops a call: the service may well take the value. */
  readonly severity: "error" | "warning";
  /** A property that resembles none of those known: no slip, but perhaps of a newer schema. */
  readonly mayBeNew?: true;
  /** A value of another kind than is taken. */
  readonly isMisfit?: true;
  /** A value that breaks what is asked of it; one that is not yet known may yet turn out right. */
  readonly isLimit?: true;
}

/** Lists what stops a call, of what there is against its properties. */
export const errorsIn = (facts: Facts, desired: Props): readonly Problem[] =>
  problemsOf(facts, desired).filter(({ severity }) => severity === "error");

/** One `VALIDATION` that lists every error with its path. */
export function refusal(errors: readonly Problem[]): ResourceError {
  const what = errors.map(({ path, message }) => `${path}: ${message}`).join("; ");
  return new ResourceError("VALIDATION", what, { paths: errors.map(({ path }) => path) });
}

/** Lists what the facts have against desired properties, at any depth; where they are silent, nothing is checked. */
export function problemsOf(facts: Facts, desired: Props): readonly Problem[] {
  const supplied = (facts.readOnly ?? []).flatMap((pattern) => expand(desired, pattern));
  return [
    ...supplied.map((path) => error(path, "set by AWS, leave it out")),
    ...(facts.members ? inMembers(facts, desired, { members: facts.members, path: "" }) : []),
    ...breachesIn(facts, desired),
  ];
}

/** What breaks the limits of its place: an error, unless JavaScript may read the pattern otherwise than AWS does. */
function breachesIn({ limits = {} }: Facts, desired: Props): Problem[] {
  return Object.entries(limits).flatMap(([pattern, asked]) =>
    expand(desired, pattern).flatMap((path) => {
      const value = valueAt(desired, path);
      const breach = value === undefined ? undefined : findBreach(asked, value);
      return breach
        ? [{ ...(breach.isDoubtful ? warning : error)(path, breach.rule), isLimit: true as const }]
        : [];
    }),
  );
}

const error = (path: Pointer, message: string): Problem => ({ path, message, severity: "error" });
const warning = (path: Pointer, message: string): Problem => ({ path, message, severity: "warning" });

interface CheckedPlace {
  readonly members: Members;
  readonly path: Pointer;
}

function inMembers(facts: Facts, value: Props, { members, path }: CheckedPlace): Problem[] {
  const missing = (members.required ?? [])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => path + pointerOf([name]))
    .filter((place) => !names(facts.readOnly, place));
  const present = Object.entries(value).flatMap(([name, member]) => {
    const place = path + pointerOf([name]);
    const shape = Object.hasOwn(members.properties, name) ? members.properties[name] : undefined;
    const values = members.values?.[name];
    if (values && typeof member === "string" && !values.includes(member))
      return [unlistedProblem(place, values)];
    if (shape) return inValue(facts, member, shape, place);
    // What the schema calls read-only it knows, wherever the members come from.
    return names(facts.readOnly, place) ? [] : [unknown(place, name, members)];
  });
  return [...missing.map((place) => error(place, "required, but missing")), ...present];
}

/** AWS adds values as it adds properties. */
const unlistedProblem = (place: Pointer, values: readonly string[]): Problem => ({
  ...error(place, `takes one of ${values.slice(0, 12).join(", ")}`),
  mayBeNew: true,
  isLimit: true,
});

function unknown(place: Pointer, name: string, members: Members): Problem {
  const meant = nearest(name, Object.keys(members.properties));
  const problem = error(place, `unknown property ${name}`);
  if (meant !== undefined) return { ...problem, message: `${problem.message}, did you mean ${meant}?` };
  return /^[A-Za-z][A-Za-z0-9]*$/.test(name) ? { ...problem, mayBeNew: true } : problem;
}

const names = (patterns: readonly Pointer[] | undefined, path: Pointer): boolean =>
  patterns?.some((pattern) => matches(pattern, path)) ?? false;

function inValue(facts: Facts, value: Json, shape: Shape, path: Pointer): Problem[] {
  if (value === null || isOtherwiseAllowed(facts, value, path)) return [];
  if (!fits(value, shape)) return [{ ...error(path, mismatch(value, shape)), isMisfit: true }];
  if (typeof shape === "string") return inScalar(value, shape, path);
  if ("oneOf" in shape) return inOneOf(facts, value, shape.oneOf, path);
  if ("ref" in shape) return inDefinition(facts, value, shape.ref, path);
  const inner = "list" in shape ? shape.list : shape.map;
  return childrenOf(value).flatMap(([name, item]) => inValue(facts, item, inner, path + pointerOf([name])));
}

const childrenOf = (value: Json): [string, Json][] =>
  Object.entries<Json>(isList(value) || isProps(value) ? value : {});

function inDefinition(facts: Facts, value: Json, name: string, path: Pointer): Problem[] {
  const members = facts.definitions?.[name];
  // A definition without properties is free-form.
  if (!members || !isProps(value) || Object.keys(members.properties).length === 0) return [];
  return inMembers(facts, value, { members, path });
}

// Cloud Control takes "5" for 5 and "true" for true in some types and refuses them in others: worth a warning.
function inScalar(value: Json, shape: Extract<Shape, string>, path: Pointer): Problem[] {
  if (shape === "any" || shape === "json") return [];
  const suits = shape === "integer" ? Number.isInteger(value) : typeof value === shape;
  if (suits) return [];
  const isMeant = typeof value !== "string" || shape === "string" || spellings[shape].test(value.trim());
  return [
    isMeant
      ? warning(path, mismatch(value, shape))
      : { ...error(path, mismatch(value, shape)), isLimit: true },
  ];
}

/** Text that stands for what is no text. */
const spellings: Readonly<Record<"boolean" | "integer" | "number", RegExp>> = {
  boolean: /^(true|false)$/i,
  integer: /^[-+]?\d+(\.0*)?([eE][-+]?\d+)?$/,
  number: /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/,
};

/** Reports against the alternative that objects least, among those of the value's kind. */
function inOneOf(facts: Facts, value: Json, shapes: readonly Shape[], path: Pointer): Problem[] {
  const [least] = shapes
    .filter((shape) => fits(value, shape))
    .map((shape) => inValue(facts, value, shape, path))
    .toSorted((a, b) => weigh(a) - weigh(b) || a.length - b.length);
  return least ?? [];
}

const weigh = (problems: readonly Problem[]): number =>
  problems.filter(({ severity }) => severity === "error").length;

/** Tells whether a value is of the right sort: a list, an object or a scalar. */
function fits(value: Json, shape: Shape): boolean {
  if (shape === "any" || shape === "json") return true;
  if (typeof shape === "string") return !isList(value) && !isProps(value);
  if ("oneOf" in shape) return shape.oneOf.some((one) => fits(value, one));
  return "list" in shape ? isList(value) : isProps(value);
}

function isOtherwiseAllowed(facts: Facts, value: Json, path: Pointer): boolean {
  const allowed = Object.entries(facts.types ?? {}).find(([pattern]) => matches(pattern, path))?.[1] ?? [];
  const type = isList(value) ? "array" : isProps(value) ? "object" : typeof value;
  return (
    allowed.includes(type) ||
    (allowed.includes("integer") && Number.isInteger(value)) ||
    names(facts.jsonDocuments, path)
  );
}

// Tells the kind of the value, never the value: it may be a secret.
function mismatch(value: Json, shape: Shape): string {
  const kind = isList(value) ? "a list" : isProps(value) ? "an object" : scalars[typeof value];
  return `${kind} where ${describe(shape)} is expected`;
}

const scalars: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "a boolean",
};

function describe(shape: Shape): string {
  if (typeof shape === "string") return words[shape];
  if ("oneOf" in shape) return [...new Set(shape.oneOf.map(describe))].join(" or ");
  return "list" in shape ? "a list" : "an object";
}

const words: Readonly<Record<Extract<Shape, string>, string>> = {
  string: "text",
  boolean: "a boolean",
  integer: "a whole number",
  number: "a number",
  json: "an object or its text",
  any: "anything",
};
