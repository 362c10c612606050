import { expect, test } from "vitest";
import { referencesAmong } from "../../src/codegen/references.ts";
import { property, resource } from "../support/codegen/resource.ts";

const bucket = resource(
  "AWS::Demo::Bucket",
  { Name: property() },
  { attributes: { Arn: { type: { type: "string" } } }, primaryIdentifier: ["Name"] },
);
const references = referencesAmong([bucket]);
const naming = (...names: string[]) =>
  references(
    property("string", {
      relationshipRefs: names.map((propertyName) => ({
        cloudFormationType: "AWS::Demo::Bucket",
        propertyName,
      })),
    }),
  );

test("a reference names a property or an attribute of its target", () => {
  expect(naming("Arn", "Name")).toEqual([
    { type: "AWS::Demo::Bucket", property: "Arn" },
    { type: "AWS::Demo::Bucket", property: "Name" },
  ]);
});

test("Id stands for what Ref gives where the target has no such property", () => {
  expect(naming("Id")).toEqual([{ type: "AWS::Demo::Bucket", property: "Name" }]);
});

test("a reference to what the target does not have is dropped", () => {
  expect(naming("Colour")).toEqual([]);
});

test("a reference to a type that is not in the catalogue is dropped", () => {
  const stray = { cloudFormationType: "AWS::Demo::Gone", propertyName: "Arn" };
  expect(references(property("string", { relationshipRefs: [stray] }))).toEqual([]);
});

test("two names of one thing are one reference", () => {
  expect(naming("Id", "Name")).toHaveLength(1);
});
