import { describe, expect, test } from "vitest";
import { ancestorsOf, attributeTree, readOnlyOf } from "../../src/codegen/attributes.ts";
import { definitions, nowhere, property, resource } from "../support/codegen/resource.ts";

const text = { type: { type: "string" } } as const;

describe("read-only are the attributes", () => {
  test("that are not also properties", () => {
    const queue = resource(
      "AWS::Demo::Queue",
      { Name: property() },
      { attributes: { Arn: text, Name: text } },
    );
    expect(readOnlyOf(queue, nowhere)).toEqual(["/Arn"]);
  });

  test("of objects, by a dotted name", () => {
    const { reach, ref } = definitions({ Endpoint: { Address: property() } });
    const database = resource(
      "AWS::Demo::Db",
      { Endpoint: property(ref("Endpoint")) },
      {
        attributes: { "Endpoint.Address": text },
      },
    );
    expect(readOnlyOf(database, reach)).toEqual(["/Endpoint/Address"]);
  });

  test("with a * at each list on the way", () => {
    const { reach, ref } = definitions({ Replica: { Id: property() } });
    const replicas = property({ type: "array", element: ref("Replica") });
    const table = resource(
      "AWS::Demo::Table",
      { Replicas: replicas },
      { attributes: { "Replicas.Id": text } },
    );
    expect(readOnlyOf(table, reach)).toEqual(["/Replicas/*/Id"]);
  });

  test("once, where the whole object is one already", () => {
    const attributes = { Endpoint: text, "Endpoint.Address": text };
    expect(readOnlyOf(resource("AWS::Demo::Db", {}, { attributes }), nowhere)).toEqual(["/Endpoint"]);
  });
});

test("dotted attributes make a tree", () => {
  const attributes = { "Endpoint.Address": text, "Endpoint.Port": { type: { type: "integer" } } } as const;
  expect(attributeTree(resource("AWS::Demo::Db", {}, { attributes }))).toMatchObject({
    Endpoint: { inside: { Address: text, Port: { type: { type: "integer" } } } },
  });
});

test("ancestors are listed from the root down, without the root", () => {
  expect(ancestorsOf("/A/*/B/C")).toEqual(["/A", "/A/*", "/A/*/B"]);
  expect(ancestorsOf("/A")).toEqual([]);
});
