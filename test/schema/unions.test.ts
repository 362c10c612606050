import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { factsFromSchema } from "../../src/schema/from-schema.ts";
import { requiredAt } from "../../src/schema/required.ts";
import { spotsOf } from "../../src/schema/schema-spots.ts";

const facts = (properties: object, definitions: object = {}) =>
  factsFromSchema({ typeName: "A::B::C", properties, definitions });

const filled = { type: "object", properties: { X: { type: "string" } }, required: ["X"] };
const some = { type: "array", items: { type: "string" }, minItems: 1 };

describe("facts below unions", () => {
  test.each<[string, object, readonly string[]]>([
    ["one alternative", { oneOf: [{ type: "object", properties: { L: some } }] }, ["/P/L"]],
    [
      "alternatives that ask the same",
      { anyOf: [{ properties: { L: some } }, { properties: { L: filled } }] },
      ["/P/L"],
    ],
    [
      "alternatives of which one asks nothing",
      { anyOf: [{ properties: { L: some } }, { properties: { L: { type: "array" } } }] },
      [],
    ],
    [
      "all of them",
      { allOf: [{ properties: { L: some } }, { properties: { L: { type: "array" } } }] },
      ["/P/L"],
    ],
    [
      "the object itself, by each of its alternatives",
      { oneOf: [{ required: ["X"] }, { required: ["Y"] }] },
      ["/P"],
    ],
    ["the object itself, by one of two", { oneOf: [{ required: ["X"] }, { title: "any" }] }, []],
    [
      "a map by pattern",
      { patternProperties: { "^a": { oneOf: [{ properties: { L: some } }] } } },
      ["/P/*/L"],
    ],
    ["a reference", { oneOf: [{ $ref: "#/definitions/D" }] }, ["/P/L"]],
  ])("say what may not be empty: %s", (_, P, expected) => {
    expect(facts({ P }, { D: { properties: { L: some } } }).invalidWhenEmpty).toEqual(expected);
  });

  test("say what an object must have, by allOf and by every alternative", () => {
    const known = facts(
      {
        P: { type: "object", properties: { A: {} }, allOf: [{ required: ["A"] }] },
        Q: { oneOf: [{ $ref: "#/definitions/D" }, { $ref: "#/definitions/E" }] },
      },
      {
        D: { type: "object", properties: { A: {}, B: {} }, required: ["A", "B"] },
        E: { type: "object", properties: { A: {} }, required: ["A"] },
      },
    );
    expect(requiredAt(known, ["P"])).toEqual(["A"]);
    expect(requiredAt(known, ["Q"])).toEqual(["A"]);
  });

  test.each([
    "pattern",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minProperties",
    "enum",
    "minLength",
  ])("say the %s of a value in a list, a map, a union and the third level of a recursion", (word) => {
    const asked = { [word]: word === "enum" ? ["x"] : word === "pattern" ? "^x$" : 1 };
    const known = facts(
      {
        L: { type: "array", items: asked },
        M: { type: "object", patternProperties: { ".": asked } },
        U: { oneOf: [{ properties: { V: asked } }] },
        N: { allOf: [{ properties: { V: asked } }] },
        R: { $ref: "#/definitions/R" },
      },
      { R: { type: "object", properties: { V: asked, Not: { $ref: "#/definitions/R" } } } },
    );
    expect(Object.keys(known.limits ?? {}).toSorted()).toEqual(
      ["/L/*", "/M/*", "/N/V", "/R/Not/Not/V", "/R/Not/V", "/R/V", "/U/V"].toSorted(),
    );
  });
});

const file = resolve(import.meta.dirname, "../../../shared/schemas/registry.jsonl.gz");

describe.skipIf(!existsSync(file))(
  "facts of the public registry (skipped where its schemas are not at hand)",
  () => {
    test("reach below unions, and lead to places that the schemas describe", { timeout: 60_000 }, () => {
      const documents = gunzipSync(readFileSync(file)).toString().split("\n").filter(Boolean);
      let below = 0;
      const lost: string[] = [];
      for (const text of documents) {
        const document = JSON.parse(text);
        const known = factsFromSchema(document);
        const spots = spotsOf(document);
        const certain = new Set(spots.filter((spot) => spot.certain).map(({ pointer }) => pointer));
        const all = new Set(spots.map(({ pointer }) => pointer));
        below += (known.invalidWhenEmpty ?? []).filter((pointer) => !certain.has(pointer)).length;
        const named = [known.readOnly, known.writeOnly, known.createOnly, known.conditionalCreateOnly];
        lost.push(...named.flatMap((pointers = []) => pointers.filter((pointer) => !all.has(pointer))));
      }
      expect(below).toBeGreaterThan(800);
      // Names that the schemas themselves have wrong.
      expect(lost.length).toBeLessThanOrEqual(12);
    });
  },
);
