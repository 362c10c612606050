import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/schema/facts.ts";
import { noteOf } from "../../src/services/notes.ts";
import { type Pair, hasRegistry, pairs } from "../support/generated/registry.ts";

// The registry's own schemas, of August 2026; where they are not at hand, nothing here can be told.
const all = pairs();

type Field =
  | "primaryIdentifier"
  | "readOnly"
  | "createOnly"
  | "conditionalCreateOnly"
  | "required"
  | "writeOnly";

const isTop = (pointer: string): boolean => pointer.split("/").length === 2;
const top = (facts: Facts, field: Field): string[] => (facts[field] ?? []).filter(isTop).toSorted();
const agrees =
  (field: Field) =>
  ({ told, carried }: Pair) =>
    top(told, field).join() === top(carried, field).join();

describe.skipIf(!hasRegistry)("held against the registry's own schemas", () => {
  test("nearly every type that the registry has is carried", () => {
    expect(all.length).toBeGreaterThanOrEqual(1481);
  });

  test("the identifier is the same, part by part, for all but five types", () => {
    const others = all.filter(
      ({ told, carried }) => told.primaryIdentifier?.join() !== carried.primaryIdentifier?.join(),
    );
    expect(others.map(({ type }) => type)).toEqual([
      "AWS::AppSync::GraphQLApi",
      "AWS::EMR::InstanceGroupConfig",
      "AWS::Route53::RecordSet",
      "AWS::SES::ConfigurationSetEventDestination",
      "AWS::SageMaker::ExperimentTrialComponent",
    ]);
  });

  test.each<[Field, number]>([
    ["readOnly", 1435],
    ["required", 1462],
    // Less the record set, which is served here and not by Cloud Control.
    ["createOnly", 1349],
    ["conditionalCreateOnly", 1455],
  ])("%s agrees at the top level for at least %i types", (field, least) => {
    expect(all.filter(agrees(field)).length).toBeGreaterThanOrEqual(least);
  });

  test("nothing that a script may set is called read-only", () => {
    // NetworkManager's schemas take what AWS proposes for an attachment; nobody can set it.
    const proposed = /^AWS::NetworkManager::\w+Attachment \/Proposed\w+Change$/;
    const wrong = all.flatMap(({ type, told, carried }) =>
      (carried.readOnly ?? [])
        .filter((pointer) => isTop(pointer) && told.members?.properties[pointer.slice(1)] !== undefined)
        .filter((pointer) => !told.readOnly?.includes(pointer))
        .map((pointer) => `${type} ${pointer}`),
    );
    expect(wrong.filter((place) => !proposed.test(place))).toEqual([]);
  });
});

describe.skipIf(!hasRegistry)("what notes say of the registry is what it says", () => {
  const noted = all.flatMap((pair) => {
    const note = noteOf(pair.type);
    return note?.registry || note?.replacement ? [{ ...pair, note }] : [];
  });

  test("for every type of the services that matter most", () => {
    expect(noted.length).toBeGreaterThanOrEqual(70);
  });

  test.each(noted)("$type", ({ told, carried, note }) => {
    const { registry = {}, replacement = {} } = note;
    const { writeOnly = told.writeOnly, handlers = told.handlers, unordered = [], ...rest } = registry;
    expect(outermost(writeOnly)).toEqual(outermost(told.writeOnly));
    expect(handlers?.toSorted()).toEqual(told.handlers?.toSorted());
    expect(told.unordered).toEqual(expect.arrayContaining([...unordered]));
    expect(told).toMatchObject(rest);
    expect(carried).toMatchObject(registry);
    for (const [name, says] of Object.entries(replacement)) {
      expect([name, told.createOnly?.includes(`/${name}`)]).toEqual([name, false]);
      expect([name, told.conditionalCreateOnly?.includes(`/${name}`)]).toEqual([name, says === "maybe"]);
    }
  });
});

/** Pointers below another of the list add nothing. */
function outermost(pointers: readonly string[] = []): string[] {
  return pointers.filter((pointer) => !pointers.some((above) => pointer.startsWith(`${above}/`))).toSorted();
}
