import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { factsFromSchema } from "../../src/schema/from-schema.ts";

const schema = (parts: object): object => ({ typeName: "A::B::C", properties: {}, ...parts });

describe("factsFromSchema", () => {
  test("drops the /properties prefix and keeps the order of the identifier", () => {
    const facts = factsFromSchema(
      schema({
        primaryIdentifier: ["/properties/ApiId", "/properties/Id"],
        readOnlyProperties: ["/properties/Id"],
        writeOnlyProperties: ["/properties/Cfg/Secret"],
        createOnlyProperties: ["/properties/ApiId"],
        conditionalCreateOnlyProperties: ["/properties/Name"],
        deprecatedProperties: ["/properties/Old"],
        additionalIdentifiers: [["/properties/Name"]],
        required: ["ApiId"],
        replacementStrategy: "delete_then_create",
        handlers: { create: {}, read: {}, list: {} },
      }),
    );
    expect(facts).toMatchObject({
      type: "A::B::C",
      primaryIdentifier: ["/ApiId", "/Id"],
      readOnly: ["/Id"],
      writeOnly: ["/Cfg/Secret"],
      createOnly: ["/ApiId"],
      conditionalCreateOnly: ["/Name"],
      deprecated: ["/Old"],
      additionalIdentifiers: [["/Name"]],
      required: ["/ApiId"],
      replacementStrategy: "delete_then_create",
      handlers: ["create", "read", "list"],
    });
  });

  test("says empty for a block that the document lacks, and nothing of handlers it does not name", () => {
    const facts = factsFromSchema(schema({}));
    expect(facts.writeOnly).toEqual([]);
    expect(facts.unordered).toEqual([]);
    expect(facts).not.toHaveProperty("handlers");
    expect(facts).not.toHaveProperty("tags");
  });

  test("finds unordered lists through definitions, lists and maps", () => {
    const set = { type: "array", insertionOrder: false, items: { type: "string" } };
    const facts = factsFromSchema(
      schema({
        properties: {
          Rules: { type: "array", items: { $ref: "#/definitions/Rule" } },
          ByName: { type: "object", patternProperties: { ".*": set } },
        },
        definitions: {
          Rule: { type: "object", properties: { Ports: set, Inner: { $ref: "#/definitions/Rule" } } },
        },
      }),
    );
    expect(facts.unordered).toEqual([
      "/Rules/*/Ports",
      "/Rules/*/Inner/Ports",
      "/Rules/*/Inner/Inner/Ports",
      "/ByName/*",
    ]);
  });

  test("names the places with several types, and JSON documents among them", () => {
    const facts = factsFromSchema(
      schema({
        properties: {
          Policy: { type: ["object", "string"] },
          Port: { type: ["integer", "string"] },
          Either: { anyOf: [{ type: "boolean" }, { type: "string" }] },
          Plain: { type: "string" },
        },
      }),
    );
    expect(facts.jsonDocuments).toEqual(["/Policy"]);
    expect(facts.types).toEqual({
      "/Policy": ["object", "string"],
      "/Port": ["integer", "string"],
      "/Either": ["boolean", "string"],
    });
  });

  test("tells what may not be empty and what excludes each other", () => {
    const facts = factsFromSchema(
      schema({
        oneOf: [{ required: ["Name"] }, { required: ["Arn"] }],
        properties: {
          List: { type: "array", minItems: 1, items: {} },
          Free: { type: "array", items: {} },
          Match: {
            type: "object",
            required: ["Field"],
            properties: { Field: {}, A: {}, B: {} },
            oneOf: [{ required: ["A"] }, { required: ["B"] }],
          },
          Pair: { type: "object", oneOf: [{ required: ["A", "B"] }, { required: ["C"] }] },
        },
      }),
    );
    expect(facts.invalidWhenEmpty).toEqual(["/List", "/Match", "/Pair"]);
    expect(facts.exclusive).toEqual([
      ["/Name", "/Arn"],
      ["/Match/A", "/Match/B"],
    ]);
  });

  test("reads tags as a keyed list, as a map, elsewhere than /Tags, or not at all", () => {
    const list = { type: "array", items: { type: "object", properties: { Key: {}, Value: {} } } };
    const of = (parts: object): unknown => factsFromSchema(schema(parts)).tags;
    expect(of({ properties: { Tags: list } })).toEqual({
      path: "/Tags",
      shape: "array",
      key: "Key",
      updatable: true,
    });
    expect(
      of({
        properties: { UserPoolTags: { type: "object", patternProperties: { ".*": { type: "string" } } } },
        tagging: { taggable: true, tagProperty: "/properties/UserPoolTags", tagUpdatable: false },
      }),
    ).toEqual({ path: "/UserPoolTags", shape: "map", updatable: false });
    expect(of({ properties: { Tags: list }, tagging: { taggable: false } })).toBeUndefined();
  });

  test("enters a definition that holds itself three times on every way down", () => {
    const node = { $ref: "#/definitions/Node" };
    const facts = factsFromSchema(
      schema({
        properties: { Root: node },
        definitions: {
          Node: {
            type: "object",
            properties: {
              Next: node,
              Kids: { type: "array", insertionOrder: false, items: node },
              Secret: {},
            },
          },
        },
        writeOnlyProperties: ["/definitions/Node/Secret"],
      }),
    );
    expect(facts.unordered).toEqual([
      "/Root/Next/Next/Kids",
      "/Root/Next/Kids",
      "/Root/Next/Kids/*/Kids",
      "/Root/Kids",
      "/Root/Kids/*/Next/Kids",
      "/Root/Kids/*/Kids",
      "/Root/Kids/*/Kids/*/Kids",
    ]);
    expect(facts.writeOnly).toContain("/Root/Next/Secret");
    expect(facts.writeOnly).toContain("/Root/Kids/*/Secret");
    expect(facts.definitions?.["Node"]?.properties["Next"]).toEqual({ ref: "Node" });
  });

  test("ends a definition that is only another name of itself", () => {
    const facts = factsFromSchema(
      schema({
        properties: { A: { $ref: "#/definitions/A" } },
        definitions: { A: { $ref: "#/definitions/A" } },
      }),
    );
    expect(facts.members).toEqual({ properties: { A: "any" } });
  });

  test("sets malformed pointers right", () => {
    const facts = factsFromSchema(
      schema({
        properties: {
          Config: { $ref: "#/definitions/Config" },
          Tags: { type: "array", items: { type: "object", properties: { TagKey: {} } } },
        },
        definitions: { Config: { type: "object", properties: { Type: {}, KeyArn: {} } } },
        readOnlyProperties: ["/properties/Config.KeyArn", "/properties/Tags/TagKey"],
        conditionalCreateOnlyProperties: ["/properties/Config/properties/Type"],
        deprecatedProperties: ["/definitions/Config/properties/Type"],
        propertyTransform: { "properties/Config/Type": "$uppercase(Type)" },
      }),
    );
    expect(facts.readOnly).toEqual(["/Config/KeyArn", "/Tags/*/TagKey"]);
    expect(facts.conditionalCreateOnly).toEqual(["/Config/Type"]);
    expect(facts.deprecated).toEqual(["/Config/Type"]);
    expect(facts.propertyTransform).toEqual({ "/Config/Type": "$uppercase(Type)" });
  });

  test("reads members, nested definitions and references", () => {
    const facts = factsFromSchema(
      schema({
        required: ["RoleArn"],
        properties: {
          RoleArn: {
            type: "string",
            anyOf: [{ relationshipRef: { typeName: "AWS::IAM::Role", propertyPath: "/properties/Arn" } }],
          },
          Code: { $ref: "#/definitions/Code" },
          Inline: { type: "object", properties: { Depth: { type: "number" } } },
          Map: { type: "object", additionalProperties: { type: "boolean" } },
          Body: { type: ["object", "string"] },
        },
        definitions: {
          Code: {
            type: "object",
            required: ["Zip"],
            properties: { Zip: { type: "string" }, Self: { $ref: "#/definitions/Code" } },
          },
        },
      }),
    );
    expect(facts.references).toEqual({ "/RoleArn": [{ type: "AWS::IAM::Role", property: "Arn" }] });
    expect(facts.members).toEqual({
      required: ["RoleArn"],
      properties: {
        RoleArn: "string",
        Code: { ref: "Code" },
        Inline: { ref: "Inline" },
        Map: { map: "boolean" },
        Body: "json",
      },
    });
    expect(facts.definitions).toEqual({
      Code: { required: ["Zip"], properties: { Zip: "string", Self: { ref: "Code" } } },
      Inline: { properties: { Depth: "number" } },
    });
  });

  test.each([undefined, null, "text", [], {}])("refuses %j, which is no schema", (document) => {
    expect(() => factsFromSchema(document)).toThrow(expect.objectContaining({ code: "VALIDATION" }));
  });
});

const file = resolve(import.meta.dirname, "../../../shared/schemas/registry.jsonl.gz");

describe.skipIf(!existsSync(file))("the registry (absent: ../shared/schemas/registry.jsonl.gz)", () => {
  const lines = existsSync(file) ? gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n") : [];
  const all = lines.map((line) => factsFromSchema(JSON.parse(line)));
  const count = (holds: (facts: (typeof all)[number]) => boolean | undefined): number =>
    all.filter(holds).length;
  const some = (list: readonly unknown[] | undefined): boolean => (list?.length ?? 0) > 0;

  test("is read whole, and the types with each fact are as many as were counted by hand", () => {
    expect(all).toHaveLength(1489);
    expect({
      writeOnly: count((facts) => some(facts.writeOnly)),
      createOnly: count((facts) => some(facts.createOnly)),
      readOnly: count((facts) => some(facts.readOnly)),
      conditional: count((facts) => some(facts.conditionalCreateOnly)),
      deprecated: count((facts) => some(facts.deprecated)),
      additional: count((facts) => some(facts.additionalIdentifiers)),
      handlers: count((facts) => facts.handlers !== undefined),
      withoutUpdate: count((facts) => !facts.handlers?.includes("update")),
      unordered: count((facts) => some(facts.unordered)),
      replacement: count((facts) => facts.replacementStrategy !== undefined),
      documents: count((facts) => some(facts.jsonDocuments)),
      transform: all.reduce((sum, facts) => sum + Object.keys(facts.propertyTransform ?? {}).length, 0),
    }).toEqual({
      writeOnly: 425,
      createOnly: 1290,
      readOnly: 1305,
      conditional: 45,
      deprecated: 40,
      additional: 191,
      handlers: 1479,
      withoutUpdate: 162,
      unordered: 865,
      replacement: 72,
      documents: 41,
      transform: 188,
    });
  });

  test("has no pointer left that names properties, definitions or dotted paths", () => {
    const pointers = all.flatMap((facts) => [
      ...(facts.readOnly ?? []),
      ...(facts.writeOnly ?? []),
      ...(facts.createOnly ?? []),
      ...(facts.conditionalCreateOnly ?? []),
      ...(facts.deprecated ?? []),
      ...Object.keys(facts.propertyTransform ?? {}),
    ]);
    expect(pointers.filter((pointer) => /\/properties\/|^\/definitions|\.|^[^/]/.test(pointer))).toEqual([]);
  });
});
