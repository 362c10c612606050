import { expect, test } from "vitest";
import { searchWith, spotsIn } from "../../src/codegen/places.ts";
import { definitions, property, resource } from "../support/codegen/resource.ts";

const fixed = property("string", { causesReplacement: "yes" });
const pointersIn = (reach: Parameters<typeof searchWith>[0], of: ReturnType<typeof resource>): string[] =>
  searchWith(reach)(of).map(({ pointer }) => pointer);

test("properties are found at any depth, with a * at each list and map", () => {
  const { reach, ref } = definitions({ Rule: { Key: fixed, Plain: property() } });
  const rules = property({ type: "array", element: { type: "map", element: ref("Rule") } });
  expect(pointersIn(reach, resource("AWS::Demo::Table", { Name: fixed, Rules: rules }))).toEqual([
    "/Name",
    "/Rules/*/*/Key",
  ]);
});

test("a definition inside itself is entered once", () => {
  const { reach, ref } = definitions({
    Filter: { Not: property({ type: "ref", reference: { $ref: "Filter" } }), Key: fixed },
  });
  expect(pointersIn(reach, resource("AWS::Demo::Rule", { Filter: property(ref("Filter")) }))).toEqual([
    "/Filter/Key",
  ]);
});

test("properties of which facts say nothing are left out", () => {
  const { reach } = definitions({});
  expect(pointersIn(reach, resource("AWS::Demo::Table", { Name: property() }))).toEqual([]);
});

test("the spots of a type are itself and what lists, maps and unions hold", () => {
  const spots = spotsIn({
    type: "array",
    element: { type: "union", types: [{ type: "string" }, { type: "map", element: { type: "json" } }] },
  });
  expect(spots.map(({ suffix, type }) => [suffix.join("/"), type.type])).toEqual([
    ["", "array"],
    ["*", "union"],
    ["*", "string"],
    ["*", "map"],
    ["*/*", "json"],
  ]);
});
