import { type Json, type Pointer, type Props, isList, isProps, pointerOf, valueAt } from "../../json.ts";
import type { Members, Shape } from "../../schema/facts.ts";
import { type KnownType, registryPointer } from "./known-type.ts";
import { without } from "./model.ts";
import { invalid } from "./refusal.ts";

/** Refuses a model that breaks the type's schema; the text names every violation. Read-only values do not count. */
export function validate(known: KnownType, model: Props): void {
  const inputs = without(model, known.readOnly);
  const violations = [
    ...requiredIn(known, inputs),
    ...(known.facts.members ? inMembers(known, [], inputs, known.facts.members) : []),
  ];
  if (violations.length === 0) return;
  throw invalid(`Model validation failed (${[...new Set(violations)].join("\n")})`);
}

/** Refuses a new resource's desired state that sets what only the service sets. */
export function refuseReadOnly(known: KnownType, desired: Props): void {
  const set = known.readOnly.filter((pointer) => valueAt(desired, pointer) !== undefined);
  if (set.length === 0) return;
  throw invalid(
    `Invalid request input: readOnlyProperties [${set.map(registryPointer).join(", ")}] cannot be set`,
  );
}

function requiredIn(known: KnownType, model: Props): string[] {
  const missing = (known.facts.required ?? []).filter((pointer) => {
    const parent = valueAt(model, pointer.slice(0, pointer.lastIndexOf("/")));
    return isProps(parent) && valueAt(model, pointer) === undefined;
  });
  return missing.map((pointer) => {
    const at = pointer.lastIndexOf("/");
    return `#${pointer.slice(0, at)}: required key [${pointer.slice(at + 1)}] not found`;
  });
}

type Path = readonly (string | number)[];

const place = (path: Path): Pointer => `#${pointerOf(path)}`;

function inMembers(known: KnownType, path: Path, value: Props, members: Members): string[] {
  const missing = (members.required ?? [])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${place(path)}: required key [${name}] not found`);
  const others = Object.entries(value).flatMap(([name, item]) => {
    const shape = Object.hasOwn(members.properties, name) ? members.properties[name] : undefined;
    return shape === undefined
      ? [`${place(path)}: extraneous key [${name}] is not permitted`]
      : inShape(known, [...path, name], item, shape);
  });
  return [...missing, ...others];
}

function inShape(known: KnownType, path: Path, value: Json, shape: Shape): string[] {
  if (typeof shape === "string") return inScalar(path, value, shape);
  if ("list" in shape) {
    if (!isList(value)) return typeMismatchOf(path, "JSONArray", value);
    return value.flatMap((item, i) => inShape(known, [...path, i], item, shape.list));
  }
  if ("map" in shape) {
    if (!isProps(value)) return typeMismatchOf(path, "JSONObject", value);
    return Object.entries(value).flatMap(([key, item]) => inShape(known, [...path, key], item, shape.map));
  }
  if ("ref" in shape) {
    if (!isProps(value)) return typeMismatchOf(path, "JSONObject", value);
    const members = known.facts.definitions?.[shape.ref];
    return members ? inMembers(known, path, value, members) : [];
  }
  const fits = shape.oneOf.some((one) => inShape(known, path, value, one).length === 0);
  return fits
    ? []
    : [`${place(path)}: #: no subschema matched out of the total ${shape.oneOf.length} subschemas`];
}

function inScalar(path: Path, value: Json, shape: Extract<Shape, string>): string[] {
  if (fitsScalar[shape](value)) return [];
  return typeMismatchOf(path, shape === "json" ? "JSONObject" : capital(shape), value);
}

const fitsScalar: Readonly<Record<Extract<Shape, string>, (value: Json) => boolean>> = {
  any: () => true,
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  json: (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  number: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function typeMismatchOf(path: Path, wanted: string, value: Json): string[] {
  return [`${place(path)}: expected type: ${wanted}, found: ${nameOfType(value)}`];
}

/** The name that the service's validator gives the JSON type of a value. */
function nameOfType(value: Json): string {
  if (value === null) return "Null";
  if (isList(value)) return "JSONArray";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Double";
  return typeof value === "object" ? "JSONObject" : capital(typeof value);
}
