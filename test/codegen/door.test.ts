import { describe, expect, test } from "vitest";
import { doorText } from "../../src/codegen/door.ts";
import { referencesAmong } from "../../src/codegen/references.ts";
import { definitions, property, resource } from "../support/codegen/resource.ts";

const { reach, ref } = definitions({
  Rule: { Tag: property({ type: "ref", reference: { $ref: "Tag" } }) },
  Tag: { Key: property() },
});

const api = resource("AWS::Demo::Api", { Name: property("string", { required: true }) });
const stage = resource(
  "AWS::Demo::Stage",
  {
    Api: property("string", {
      causesReplacement: "yes",
      documentation: "Whose stage it is.",
      relationshipRefs: [{ cloudFormationType: "AWS::Demo::Api", propertyName: "Id" }],
    }),
    Count: property("integer"),
    Mode: property("string", { documentation: "Valid values are `ON` or `OFF` ." }),
    Rule: property(ref("Rule")),
  },
  {
    attributes: {
      Id: { type: { type: "string" } },
      Url: { type: { type: "string" } },
      "Endpoint.Port": { type: { type: "integer" } },
    },
    primaryIdentifier: ["Api", "Id"],
  },
);

const door = (...resources: (typeof api)[]): string =>
  doorText(resources, { reach, references: referencesAmong(resources), isTarget: () => false });

/** The lines between the braces of an interface. */
function members(name: string, text: string): string[] {
  const [, body = ""] = new RegExp(`^export interface ${name}[ \\w,.]*\\{$(.*?)^\\}$`, "ms").exec(text) ?? [];
  return body.split("\n").filter((line) => /^ {2}readonly/.test(line));
}

describe("a door", () => {
  const text = door(api, stage);

  test("asks for required properties and takes undefined for the others", () => {
    expect(members("ApiProps", text)).toEqual(["  readonly Name: string;"]);
    expect(members("StageProps", text)).toContain("  readonly Count?: number | undefined;");
  });

  test("takes a resource where one is named", () => {
    expect(members("StageProps", text)).toContain('  readonly Api?: aws.Reference<"Id"> | undefined;');
  });

  test("offers the values that the documentation lists", () => {
    expect(members("StageProps", text)).toContain('  readonly Mode?: "ON" | "OFF" | aws.Other | undefined;');
  });

  test("promises what identifies a resource and the scalars that AWS sets", () => {
    expect(members("StageOutputs", text)).toEqual([
      "  readonly Api: string;",
      "  readonly Endpoint?: { readonly Port?: number | undefined } | undefined;",
      "  readonly Id: string;",
      "  readonly Url: string;",
    ]);
  });

  test("says what a change would do", () => {
    expect(text).toMatch(/\* Whose stage it is\.\n \s*\*\n \s*\* Changing it replaces the resource\./);
  });

  test("makes a function for each type that knows the parts of its identifier", () => {
    expect(text).toContain(
      'export const Stage: ResourceFunction<StageProps, StageOutputs, "Api" | "Id"> = resourceFunction("AWS::Demo::Stage");',
    );
  });

  test("names definitions after the type that has them", () => {
    expect(members("StageRule", text)).toEqual(["  readonly Tag?: StageTag | undefined;"]);
  });

  test("keeps the name of a definition apart from those of types", () => {
    const clash = door(stage, resource("AWS::Demo::StageTag", {}));
    expect(members("StageRule", clash)).toEqual(["  readonly Tag?: Stage_Tag | undefined;"]);
    expect(clash).toContain("export interface Stage_Tag {");
  });
});
