import * as fc from "fast-check";
import { type Json, type Pointer, type Props, isList, isProps, segmentsOf } from "../../../src/json.ts";
import { factsFromSchema } from "../../../src/schema/from-schema.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { spotsOf } from "../../../src/schema/schema-spots.ts";

const names = ["A", "B", "C", "D"];
const name = fc.constantFrom(...names);

/** A piece of a schema: unions, maps by pattern, references to definitions and lists among them. */
const { node } = fc.letrec<{ node: Props; object: Props }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    fc.constantFrom<Props>(
      { type: "string" },
      { type: "integer" },
      { type: "boolean" },
      { type: ["object", "string"] },
      { type: "string", enum: ["x", "y"] },
    ),
    tie("object"),
    fc.record({ items: tie("node"), order: fc.boolean() }).map(({ items, order }): Props => ({
      type: "array",
      items,
      ...(order ? {} : { insertionOrder: false }),
    })),
    tie("node").map((inner): Props => ({ type: "object", patternProperties: { "^[A-D]$": inner } })),
    fc
      .record({
        word: fc.constantFrom("oneOf", "anyOf", "allOf"),
        some: fc.array(tie("object"), { minLength: 1, maxLength: 2 }),
      })
      .map(({ word, some }): Props => ({ type: "object", [word]: some })),
    fc.constantFrom<Props>({ $ref: "#/definitions/One" }, { $ref: "#/definitions/Two" }),
  ),
  object: fc
    .record({
      properties: fc.dictionary(name, tie("node"), { minKeys: 1, maxKeys: 3 }),
      required: fc.subarray(names),
    })
    .map(({ properties, required }): Props => ({
      type: "object",
      properties,
      required: required.filter((one) => Object.hasOwn(properties, one)).slice(0, 1),
    })),
}));

/** Marks some of the places of a schema, written as the registry writes pointers. */
const marks = fc.record({
  createOnly: fc.array(fc.nat(), { maxLength: 3 }),
  conditional: fc.array(fc.nat(), { maxLength: 2 }),
  writeOnly: fc.array(fc.nat(), { maxLength: 3 }),
});

/** A registry schema of which some places are write-only, fixed at creation, or sometimes so. */
export const schema: fc.Arbitrary<Props> = fc
  .record({ properties: fc.dictionary(name, node, { minKeys: 1, maxKeys: 4 }), one: node, two: node, marks })
  .map(({ properties, one, two, marks }) => {
    const bare: Props = {
      typeName: "Acme::Random::Thing",
      properties: { ...properties, Id: { type: "string" } },
      definitions: { One: one, Two: two },
      primaryIdentifier: ["/properties/Id"],
      readOnlyProperties: ["/properties/Id"],
      handlers: { create: {}, read: {}, update: {}, delete: {}, list: {} },
    };
    // A document is one value, whatever is said of its members.
    const documents = spotsOf(bare).flatMap(({ pointer, node }) => (isList(node["type"]) ? [pointer] : []));
    const isInDocument = (pointer: string): boolean => documents.some((at) => isWithin(at, pointer));
    const places = [...new Set(spotsOf(bare).map(({ pointer }) => pointer))].filter(
      (pointer) =>
        pointer !== "" && pointer !== "/Id" && pointer.split("/").length <= 5 && !isInDocument(pointer),
    );
    const pick = (chosen: readonly number[]): string[] =>
      places.length === 0 ? [] : chosen.map((n) => `/properties${places[n % places.length] ?? ""}`);
    return {
      ...bare,
      createOnlyProperties: pick(marks.createOnly),
      conditionalCreateOnlyProperties: pick(marks.conditional),
      writeOnlyProperties: pick(marks.writeOnly),
    };
  });

/** Whether one pattern may name something below what another one names. */
function isWithin(above: Pointer, pointer: Pointer): boolean {
  const [outer, inner] = [segmentsOf(above), segmentsOf(pointer)];
  const isMet = (segment: string, i: number): boolean =>
    [segment, inner[i]].includes("*") || segment === inner[i];
  return outer.length < inner.length && outer.every(isMet);
}

/** What the shrinking of a value leaves to choose from. */
const texts = ["x", "y", "z"];

/** A model that a schema takes, by a list of numbers that choose; what is deep is left out. */
export function modelOf(document: Props, choices: readonly number[]): Props {
  let at = 0;
  const next = (below: number): number => (choices[at++ % Math.max(choices.length, 1)] ?? 0) % below;
  const definitions = document["definitions"];
  const value = (given: Json | undefined, depth: number): Json | undefined => {
    if (!isProps(given)) return undefined;
    const ref = given["$ref"];
    if (typeof ref === "string") {
      const inner = isProps(definitions) ? definitions[ref.split("/").at(-1) ?? ""] : undefined;
      return depth > 4 ? undefined : value(inner, depth + 1);
    }
    const types = [given["type"] ?? "object"].flat();
    if (types[0] === "array") return items(given["items"], depth);
    if (types.includes("object") && types.length === 1) return members(given, depth);
    if (types.includes("string")) return texts[next(texts.length)];
    return types[0] === "integer" ? next(3) : next(2) === 0;
  };
  const items = (given: Json | undefined, depth: number): Json =>
    Array.from({ length: next(3) }, () => value(given, depth + 1)).filter((item) => item !== undefined);
  const members = (given: Props, depth: number): Props | undefined => {
    if (depth > 6) return undefined;
    const variants = ["oneOf", "anyOf", "allOf"].flatMap((word) =>
      isList(given[word]) ? [given[word]] : [],
    );
    const parts = [given, ...variants.map((some) => some[next(some.length)])].filter(isProps);
    const found: Record<string, Json> = {};
    for (const part of parts) {
      const { properties, patternProperties, required } = part;
      const must = isList(required) ? required : [];
      const some = isProps(properties) ? properties : {};
      for (const [name, inner] of Object.entries(some)) {
        const made = must.includes(name) || next(3) > 0 ? value(inner, depth + 1) : undefined;
        if (made !== undefined) found[name] = made;
      }
      for (const inner of Object.values(isProps(patternProperties) ? patternProperties : {})) {
        const made = value(inner, depth + 1);
        if (made !== undefined) found[names[next(names.length)] ?? "A"] = made;
      }
    }
    return found;
  };
  const { Id: _, ...made } = members(document, 0) ?? {};
  return made;
}

/** A type, what was asked before, how somebody has changed what is there, and what is asked now. */
export interface Story {
  readonly facts: Facts;
  readonly before: Props;
  readonly there: Props;
  readonly desired: Props;
}

const choices = fc.array(fc.nat(12), { minLength: 1, maxLength: 24 });

/** One edit of a script, with or without drift: where the seeds are equal, so are the models. */
export const story: fc.Arbitrary<Story> = fc
  .record({
    schema,
    before: choices,
    desired: fc.option(choices, { nil: undefined }),
    drift: fc.option(choices, { nil: undefined, freq: 4 }),
  })
  .map(({ schema, before, desired, drift }) => ({
    facts: factsFromSchema(schema),
    before: modelOf(schema, before),
    there: modelOf(schema, drift ?? before),
    desired: modelOf(schema, desired ?? before),
  }))
  // What may be a list or an object at one place gives its pointers two meanings.
  .filter(({ facts }) => Object.values(facts.types ?? {}).every((types) => !types.includes("array")));
