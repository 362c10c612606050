import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Json } from "../../src/json.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";

const keywords: readonly (readonly [string, object, Json])[] = [
  ["pattern", { type: "string", pattern: "^[a-z]+$" }, ""],
  ["minLength", { type: "string", minLength: 1 }, ""],
  ["maxLength", { type: "string", maxLength: 2 }, "abc"],
  ["enum", { type: "string", enum: ["A", "B"] }, "C"],
  ["minimum", { type: "integer", minimum: 1 }, 0],
  ["maximum", { type: "integer", maximum: 1 }, 2],
  ["minItems", { type: "array", minItems: 1, items: { type: "string" } }, []],
  ["maxItems", { type: "array", maxItems: 1, items: { type: "string" } }, ["a", "b"]],
  ["minProperties", { type: "object", minProperties: 1 }, {}],
];

const around: readonly (readonly [string, (inner: object) => object])[] = [
  ["alone", (V) => ({ type: "object", properties: { V, W: { type: "string" } } })],
  ...["oneOf", "anyOf", "allOf"].map(
    (word) =>
      [
        `below ${word}`,
        (V: object): object => ({
          type: "object",
          [word]: [{ properties: { V, W: { type: "string" } } }, { properties: { W: { type: "string" } } }],
        }),
      ] as const,
  ),
];

describe.each(keywords)("a value that breaks its %s and that no script states", (_, shape, value) => {
  test.each(around)("leaves with the next update: %s", (__, wrap) => {
    const facts = factsFromSchema({
      typeName: "A::B::C",
      properties: { N: { type: "integer" }, P: wrap(shape) },
    });
    const live = { N: 1, P: { V: value, W: "w" } };
    const plan = planChange({ facts, prior: { desired: { N: 1 } }, live, desired: { N: 2 } });
    expect(plan.move === "update" ? plan.patch : plan.move).toEqual(
      expect.arrayContaining([
        { op: "replace", path: "/N", value: 2 },
        { op: "remove", path: "/P/V" },
      ]),
    );
  });
});
