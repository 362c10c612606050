import { expect, test } from "vitest";
import { correctResource } from "../../src/codegen/correct-resource.ts";
import { property, resource } from "../support/codegen/resource.ts";

const fixed = property("string", { causesReplacement: "yes" });

test("a note tells better whether changing a property replaces the resource", () => {
  const table = correctResource(resource("AWS::DynamoDB::Table", { KeySchema: fixed, TableName: fixed }));
  expect(table.properties).toMatchObject({
    KeySchema: { type: { type: "string" }, causesReplacement: "maybe" },
    TableName: { causesReplacement: "yes" },
  });
});

test("a note tells better what identifies a resource", () => {
  expect(correctResource(resource("AWS::ApiGateway::Model", {})).primaryIdentifier).toEqual([
    "RestApiId",
    "Name",
  ]);
});

test("a type without a note stays as the specification has it", () => {
  const plain = resource("AWS::Demo::Table", { Key: fixed });
  expect(correctResource(plain)).toEqual(plain);
});
