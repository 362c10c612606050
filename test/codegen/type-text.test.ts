import { describe, expect, test } from "vitest";
import type { PropertyType } from "@aws-cdk/service-spec-types";
import { openUnion, shapeText, typeText } from "../../src/codegen/type-text.ts";
import { definitions } from "../support/codegen/resource.ts";

const { reach, ref } = definitions({ Rule: {} });
const text = (type: PropertyType, instead?: string): string =>
  typeText(type, { reach, nameOf: ({ name }) => `Queue${name}` }, instead);

describe("the TypeScript of a property type", () => {
  test.each<[PropertyType, string]>([
    [{ type: "date-time" }, "string"],
    [{ type: "integer" }, "number"],
    [{ type: "json" }, "aws.Document"],
    [ref("Rule"), "QueueRule"],
    [{ type: "array", element: { type: "tag" } }, "readonly aws.Tag[]"],
    [
      { type: "array", element: { type: "array", element: ref("Rule") } },
      "readonly (readonly QueueRule[])[]",
    ],
    [{ type: "map", element: { type: "number" } }, "{ readonly [name: string]: number }"],
    [{ type: "union", types: [{ type: "boolean" }, { type: "string" }] }, "boolean | string"],
    [{ type: "union", types: [{ type: "integer" }, { type: "number" }] }, "number"],
    [{ type: "union", types: [{ type: "json" }, { type: "string" }] }, "aws.Document"],
    [{ type: "string", allowedValues: ["A", "B"] }, '"A" | "B" | aws.Other'],
  ])("%j is %s", (type, expected) => expect(text(type)).toBe(expected));

  test("has a reference wherever text stands", () => {
    expect(text({ type: "array", element: { type: "string" } }, 'aws.Reference<"Arn">')).toBe(
      'readonly aws.Reference<"Arn">[]',
    );
    expect(text({ type: "integer" }, 'aws.Reference<"Arn">')).toBe("number");
  });
});

test("a union of values lets other text through, and knows templates", () => {
  expect(openUnion(["$default", "/${string}/"])).toBe('"$default" | `/${string}/` | aws.Other');
});

test("a value cannot break out of its quotes", () => {
  expect(openUnion(['"'])).toBe(String.raw`"\"" | aws.Other`);
});

test("shapes that notes tell become types", () => {
  expect(shapeText({ map: { list: "integer" } })).toBe("{ readonly [name: string]: readonly number[] }");
  expect(shapeText({ oneOf: ["json", "boolean"] })).toBe("aws.Document | boolean");
});
