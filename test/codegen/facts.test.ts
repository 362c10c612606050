import { describe, expect, test } from "vitest";
import type { Resource } from "@aws-cdk/service-spec-types";
import { factsFrom } from "../../src/codegen/facts.ts";
import { searchWith } from "../../src/codegen/places.ts";
import { referencesAmong } from "../../src/codegen/references.ts";
import type { Facts } from "../../src/schema/facts.ts";
import type { Note } from "../../src/services/note.ts";
import { definitions, property, resource } from "../support/codegen/resource.ts";

const { reach, ref } = definitions({
  Key: { Kind: property("string", { causesReplacement: "yes" }), Policy: property("json") },
});

const facts = (of: Resource, note?: Note): Facts =>
  factsFrom(of, { reach, references: referencesAmong([of]), places: searchWith(reach)(of), note });

const table = (more: object, rest: Partial<Resource> = {}): Resource =>
  resource("AWS::Demo::Table", { Name: property("string", { required: true }), ...more }, rest);

describe("facts say", () => {
  test("the identifier in its order, what is required and what AWS alone sets", () => {
    expect(facts(table({}, { primaryIdentifier: ["Name", "Id"] }))).toMatchObject({
      type: "AWS::Demo::Table",
      primaryIdentifier: ["/Name", "/Id"],
      required: ["/Name"],
      readOnly: ["/Id"],
    });
  });

  test("what is create-only, at any depth and once", () => {
    const fixed = property(ref("Key"), { causesReplacement: "yes" });
    const open = property({ type: "array", element: ref("Key") });
    expect(facts(table({ Fixed: fixed, Open: open })).createOnly).toEqual(["/Fixed", "/Open/*/Kind"]);
  });

  test("what is create-only beyond its properties", () => {
    expect(facts(table({}, { additionalReplacementProperties: [["A", "B"]] })).createOnly).toEqual(["/A/B"]);
  });

  test("what may replace at times", () => {
    const engine = property("string", { causesReplacement: "maybe" });
    expect(facts(table({ Engine: engine })).conditionalCreateOnly).toEqual(["/Engine"]);
  });

  test("never that tags replace a resource", () => {
    const tags = property({ type: "array", element: { type: "tag" } }, { causesReplacement: "yes" });
    const tagged = table(
      { Tags: tags },
      { tagInformation: { tagPropertyName: "Tags", variant: "standard" } },
    );
    expect(facts(tagged)).toMatchObject({
      createOnly: [],
      tags: { path: "/Tags", shape: "array", key: "Key" },
    });
  });

  test("where JSON may be text, and where several scalars do", () => {
    const flag = property({ type: "union", types: [{ type: "string" }, { type: "boolean" }] });
    const made = facts(table({ Flag: flag, Keys: property({ type: "array", element: ref("Key") }) }));
    expect(made.jsonDocuments).toEqual(["/Keys/*/Policy"]);
    expect(made.types).toEqual({ "/Flag": ["boolean", "string"] });
  });

  test("nothing of what the specification is silent about", () => {
    const { writeOnly, handlers, unordered } = facts(table({}));
    expect([writeOnly, handlers, unordered]).toEqual([undefined, undefined, undefined]);
  });
});

describe("a note", () => {
  test("tells the true shape of a property, which is then no document", () => {
    const made = facts(table({ Map: property("json") }), { shapes: { "/Map": { map: "string" } } });
    expect(made.jsonDocuments).toBeUndefined();
    expect(made.members?.properties["Map"]).toEqual({ map: "string" });
  });

  test("adds what the registry says, and its own word wins over that", () => {
    const note = { registry: { writeOnly: ["/A"], handlers: ["read"] }, facts: { writeOnly: ["/B"] } };
    expect(facts(table({}), note)).toMatchObject({ writeOnly: ["/B"], handlers: ["read"] });
  });

  test("adds references", () => {
    const target = { type: "AWS::Demo::Key", property: "Arn" };
    expect(facts(table({}), { references: { "/Name": [target] } }).references).toEqual({ "/Name": [target] });
  });
});
