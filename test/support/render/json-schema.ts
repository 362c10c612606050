import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Json, equal, isList, isProps, valueAt } from "../../../src/json.ts";

/** The words of JSON Schema 2020-12 that ours are written in; any other is refused. */
interface Schema {
  readonly [word: string]: Json;
}

const folder = resolve(import.meta.dirname, "../../../src/render");

/** A schema as the package carries it. */
export const schemaFrom = (file: string): Schema =>
  JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Schema;

/**
 * Says where a value does not follow a schema of this file. Properties that no schema names are faults here, so that
 * nothing is told which is not described.
 */
export const faultsIn = (value: Json, file: string): readonly string[] =>
  faults(value, schemaFrom(file), { file, at: "" });

interface Place {
  readonly file: string;
  readonly at: string;
}

function faults(value: Json, schema: Schema, place: Place): string[] {
  return Object.entries(schema).flatMap(([word, rule]) => {
    const check = checks[word];
    if (!check) throw new Error(`${place.file}: no check for ${word}`);
    return check({ value, rule, schema, place });
  });
}

interface Case {
  readonly value: Json;
  readonly rule: Json;
  readonly schema: Schema;
  readonly place: Place;
}

const nothing = (): string[] => [];
const expected = (isSo: boolean, { place, rule }: Case): string[] =>
  isSo ? [] : [`${place.at}: not ${JSON.stringify(rule)}`];
const props = (value: Json): Schema => (isProps(value) ? value : {});
const list = (value: Json): readonly Json[] => (isList(value) ? value : []);
const inside = (place: Place, name: string | number): Place => ({ ...place, at: `${place.at}/${name}` });

const checks: Readonly<Record<string, (one: Case) => string[]>> = {
  $schema: nothing,
  $defs: nothing,
  title: nothing,
  description: nothing,
  const: (one) => expected(equal(one.value, one.rule), one),
  enum: (one) =>
    expected(
      list(one.rule).some((allowed) => equal(allowed, one.value)),
      one,
    ),
  type: (one) => expected(isOfType(one.value, one.rule), one),
  minimum: (one) => expected(Number(one.value) >= Number(one.rule), one),
  pattern: (one) => expected(new RegExp(String(one.rule), "u").test(String(one.value)), one),
  required: (one) =>
    expected(
      list(one.rule).every((name) => Object.hasOwn(props(one.value), String(name))),
      one,
    ),
  items: ({ value, rule, place }) =>
    list(value).flatMap((item, i) => faults(item, props(rule), inside(place, i))),
  additionalProperties: ({ value, rule, place }) =>
    Object.entries(props(value)).flatMap(([name, item]) => faults(item, props(rule), inside(place, name))),
  properties: ({ value, rule, schema, place }) =>
    Object.entries(props(value)).flatMap(([name, item]) => {
      const known = props(rule)[name];
      if (known !== undefined) return faults(item, props(known), inside(place, name));
      return isDescribedElsewhere(schema, name) ? [] : [`${place.at}/${name}: not described`];
    }),
  oneOf: ({ value, rule, schema, place }) => {
    const shared = props(schema["properties"] ?? {});
    const outcomes = list(rule).map((branch) => {
      const own = props(branch);
      return faults(value, { ...own, properties: { ...shared, ...props(own["properties"] ?? {}) } }, place);
    });
    const fitting = outcomes.filter(({ length }) => length === 0).length;
    return fitting === 1 ? [] : [`${place.at}: fits ${fitting} of its forms`, ...outcomes.flat()];
  },
  $ref: ({ value, rule, place }) => {
    const [file = "", pointer = ""] = String(rule).split("#");
    const next = file === "" ? place.file : file;
    const target = valueAt(schemaFrom(next), pointer);
    if (!isProps(target)) throw new Error(`${next} has no ${pointer}`);
    return faults(value, target, { ...place, file: next });
  },
};

const isDescribedElsewhere = (schema: Schema, name: string): boolean =>
  list(schema["oneOf"] ?? []).some((branch) => Object.hasOwn(props(props(branch)["properties"] ?? {}), name));

function isOfType(value: Json, type: Json): boolean {
  if (type === "object") return isProps(value);
  if (type === "array") return isList(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}
