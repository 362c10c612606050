import { describe, expect, test } from "vitest";
import { factsFromSchema } from "../../src/schema/from-schema.ts";
import { hasRegistry, pairs } from "../support/generated/registry.ts";

const factsWith = (handlers: unknown) => factsFromSchema({ typeName: "A::B::C", properties: {}, handlers });

describe("handlers of a registry schema", () => {
  test("tell what each may call and what a list takes", () => {
    const list = { permissions: ["a:List"], handlerSchema: { required: ["ApiId"] } };
    expect(factsWith({ create: { permissions: ["a:Create"] }, list })).toMatchObject({
      handlers: ["create", "list"],
      permissions: { create: ["a:Create"], list: ["a:List"] },
      listRequires: ["ApiId"],
    });
  });

  test.each(["oneOf", "anyOf"])("tell of which parents a list takes one: %s", (word) => {
    const handlerSchema = { [word]: [{ required: ["A"] }, { required: ["B", "C"] }] };
    expect(factsWith({ list: { handlerSchema } })).toMatchObject({
      listRequires: [],
      listAlternatives: [["A"], ["B", "C"]],
    });
  });

  test("that are left out are unknown, not empty", () => {
    const facts = factsFromSchema({ typeName: "A::B::C", properties: {} });
    expect([facts.handlers, facts.listRequires, facts.permissions]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.skipIf(!hasRegistry)("are read for every type (skipped where its schemas are not at hand)", () => {
    const told = new Map(pairs().map((pair) => [pair.type, pair.told]));
    const facts = [...told.values()];
    expect(facts.filter(({ listRequires = [] }) => listRequires.length > 0).length).toBeGreaterThan(290);
    expect(facts.filter(({ listAlternatives }) => listAlternatives).length).toBe(5);
    expect(told.get("AWS::ApiGatewayV2::Route")).toMatchObject({ listRequires: ["ApiId"] });
    expect(told.get("AWS::ApiGatewayV2::IntegrationResponse")?.permissions).toEqual({
      create: ["apigateway:POST"],
      delete: ["apigateway:GET", "apigateway:DELETE"],
      list: ["apigateway:GET"],
      read: ["apigateway:GET"],
      update: ["apigateway:PATCH", "apigateway:PUT", "apigateway:GET"],
    });
  });
});
