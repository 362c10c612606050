import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadSchemas } from "../../src/emulator/cloud/schemas.ts";
import { completeFacts, shippedFactsOf } from "../../src/registry/complete.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import type { Facts, Shape } from "../../src/schema/facts.ts";
import { factsFromSchema } from "../../src/schema/from-schema.ts";

const completed = (typeName: string, properties: object, more: object = {}): Facts =>
  completeFacts(typeName, factsFromSchema({ typeName, properties, ...more }));

describe("described facts are completed", () => {
  test("with the true shape of what the registry calls plain JSON", () => {
    const plain = { type: ["object", "string"] };
    const { members, jsonDocuments } = completed("AWS::ApiGatewayV2::Stage", {
      StageVariables: plain,
      Other: plain,
    });
    expect(members?.properties).toEqual({ StageVariables: { map: "string" }, Other: "json" });
    expect(jsonDocuments).toEqual(["/Other"]);
  });

  test("while text that may hold JSON stays a document", () => {
    const { members, jsonDocuments } = completed("AWS::ApiGateway::Model", {
      Schema: { type: ["object", "string"] },
    });
    expect({ members, jsonDocuments }).toEqual({
      members: { properties: { Schema: "json" } },
      jsonDocuments: ["/Schema"],
    });
  });

  test("with the note's corrections, which win", () => {
    const { jsonDocuments } = completed("AWS::ApiGatewayV2::Model", { Schema: { type: "object" } });
    expect(jsonDocuments).toEqual(["/Schema"]);
  });

  test("with references, beside those that the registry knows", () => {
    const relationshipRef = { typeName: "AWS::EC2::VPC", propertyPath: "/properties/VpcId" };
    const { references } = completed("AWS::ApiGatewayV2::Route", {
      Network: { type: "string", relationshipRef },
    });
    expect(references?.["/Network"]).toEqual([{ type: "AWS::EC2::VPC", property: "VpcId" }]);
    expect(references?.["/ApiId"]).toEqual([{ type: "AWS::ApiGatewayV2::Api", property: "ApiId" }]);
  });

  test("with members as a whole where the registry names none, and else with none", () => {
    const { members, definitions } = bundledFacts("AWS::S3::Bucket") ?? {};
    expect(completed("AWS::S3::Bucket", {})).toMatchObject({ members, definitions });
    const described = completed("AWS::S3::Bucket", { Colour: { type: "string" } });
    expect(described).toMatchObject({ members: { properties: { Colour: "string" } }, definitions: {} });
    expect(described.members?.properties).toEqual({ Colour: "string" });
  });

  test("and what the registry says of rules stands, also where bundled facts say otherwise", () => {
    const { createOnly, required, tags } = completed("AWS::S3::Bucket", { BucketName: { type: "string" } });
    expect({ createOnly, required, tags }).toEqual({ createOnly: [], required: [], tags: undefined });
    expect(bundledFacts("AWS::S3::Bucket")?.createOnly).toContain("/BucketName");
  });

  test("under the name that was asked for, whatever the document calls the type", () => {
    expect(
      completeFacts(
        "Acme::Alias::Probe",
        factsFromSchema({ typeName: "Third::Party::Probe", properties: {} }),
      ).type,
    ).toBe("Acme::Alias::Probe");
  });
});

test("what is shipped of an unknown type is its name", () => {
  expect(shippedFactsOf("Acme::Monitor::Probe")).toEqual({ type: "Acme::Monitor::Probe" });
});

const published = join(import.meta.dirname, "../../../shared/schemas/registry.jsonl.gz");

test("every definition that a completed published schema names is there", ({ skip }) => {
  skip(!existsSync(published), "the published schemas are not here");
  for (const [type, schema] of loadSchemas(published)) {
    const { members, definitions = {} } = completeFacts(type, factsFromSchema(schema));
    const all = [members, ...Object.values(definitions)];
    const named = all.flatMap((one) => Object.values(one?.properties ?? {}).flatMap(namesIn));
    const missing = named.filter((name) => !Object.hasOwn(definitions, name));
    expect({ type, missing }).toEqual({ type, missing: [] });
  }
});

function namesIn(shape: Shape): string[] {
  if (typeof shape === "string") return [];
  if ("ref" in shape) return [shape.ref];
  if ("oneOf" in shape) return shape.oneOf.flatMap(namesIn);
  return namesIn("list" in shape ? shape.list : shape.map);
}
