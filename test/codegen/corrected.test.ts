import { expect, test } from "vitest";
import { corrected } from "../../src/codegen/corrected.ts";
import { property, resource } from "./resource.ts";

const fixed = property("string", { causesReplacement: "yes" });

test("a note tells better whether changing a property replaces the resource", () => {
  const table = corrected(resource("AWS::DynamoDB::Table", { KeySchema: fixed, TableName: fixed }));
  expect(table.properties).toMatchObject({
    KeySchema: { type: { type: "string" }, causesReplacement: "maybe" },
    TableName: { causesReplacement: "yes" },
  });
});

test("a note tells better what identifies a resource", () => {
  expect(corrected(resource("AWS::ApiGateway::Model", {})).primaryIdentifier).toEqual(["RestApiId", "Name"]);
});

test("a type without a note stays as the specification has it", () => {
  const plain = resource("AWS::Demo::Table", { Key: fixed });
  expect(corrected(plain)).toEqual(plain);
});
