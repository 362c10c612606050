import { describe, expect, test } from "vitest";
import { definitionsOf, knownShapes, membersOfType, shapeOf } from "../../src/codegen/shapes.ts";
import { definitions, nowhere, property, resource } from "../support/codegen/resource.ts";

test("lists, maps, unions and definitions keep their form", () => {
  const { reach, ref } = definitions({ Rule: {} });
  expect(shapeOf({ type: "array", element: ref("Rule") }, reach)).toEqual({ list: { ref: "Rule" } });
  expect(shapeOf({ type: "map", element: { type: "integer" } }, reach)).toEqual({ map: "integer" });
  expect(shapeOf({ type: "union", types: [{ type: "json" }, { type: "string" }] }, reach)).toEqual({
    oneOf: ["json", "string"],
  });
});

test("times are text and null is anything", () => {
  expect([shapeOf({ type: "date-time" }, nowhere), shapeOf({ type: "null" }, nowhere)]).toEqual([
    "string",
    "any",
  ]);
});

describe("the members of a type", () => {
  const api = resource("AWS::Demo::Api", {
    Name: property("string", { required: true }),
    Templates: property("json"),
  });

  test("are named in order, with those that must be there", () => {
    expect(membersOfType(api, undefined, nowhere)).toEqual({
      properties: { Name: "string", Templates: "json" },
      required: ["Name"],
    });
  });

  test("have the shapes that a note knows better", () => {
    const note = { shapes: { "/Templates": { map: "string" } } } as const;
    expect(membersOfType(api, note, nowhere).properties["Templates"]).toEqual({ map: "string" });
  });
});

test("tags that the specification calls plain JSON are a map of text", () => {
  const tagged = resource(
    "AWS::Demo::Api",
    { Tags: property("json") },
    {
      tagInformation: { tagPropertyName: "Tags", variant: "map" },
    },
  );
  expect(knownShapes(tagged, undefined)).toEqual({ Tags: { map: "string" } });
});

test("definitions are those that the type reaches, and the tag where it is used", () => {
  const { reach, ref } = definitions({
    Rule: { Inner: property({ type: "ref", reference: { $ref: "Inner" } }) },
    Inner: { Key: property("string", { required: true }) },
    Stray: {},
  });
  const api = resource("AWS::Demo::Api", {
    Rule: property(ref("Rule")),
    Tags: property({ type: "array", element: { type: "tag" } }),
  });
  expect(definitionsOf(api, membersOfType(api, undefined, reach), reach)).toEqual({
    Inner: { properties: { Key: "string" }, required: ["Key"] },
    Rule: { properties: { Inner: { ref: "Inner" } } },
    Tag: { properties: { Key: "string", Value: "string" }, required: ["Key"] },
  });
});
