import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Json, type Props, isProps, segmentsOf } from "../../src/json.ts";
import { bundledFacts, bundledTypes } from "../../src/schema/bundled.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { identifierOf, parseIdentifier, partsOf } from "../../src/schema/identifier.ts";
import { noteOf } from "../../src/services/notes.ts";
import { hasRegistry, pairs } from "../support/generated/registry.ts";

/** Values that AWS and its users give: plain, with separators in them, with text that looks like JSON, and numbers. */
const value = fc.oneof(
  fc.string({ minLength: 1, unit: fc.constantFrom("a", "|", "/", "{", "}", '"', ":", "-", "é") }),
  fc.string({ minLength: 1 }),
  fc.constantFrom("arn:aws:x:us-east-1:1:a/b|c", '{"Id":"x"}', "$default"),
  fc.integer(),
);

function modelOf(pointers: readonly string[], values: readonly Json[]): Props {
  const planted = (model: Props, [name = "", ...deeper]: string[], leaf: Json): Props => {
    const below = model[name];
    return {
      ...model,
      [name]: deeper.length > 0 ? planted(isProps(below) ? below : {}, deeper, leaf) : leaf,
    };
  };
  return pointers.reduce<Props>(
    (model, pointer, i) => planted(model, segmentsOf(pointer), values[i] ?? ""),
    {},
  );
}

/** Whatever the parts hold, the identifier built of them gives them back, in every form that a user may write. */
function givesBackItsParts(facts: Facts, slash: boolean): void {
  const pointers = facts.primaryIdentifier ?? [];
  const names = pointers.map((pointer) => segmentsOf(pointer).at(-1) ?? "");
  const { length } = pointers;
  const law = fc.property(fc.array(value, { minLength: length, maxLength: length }), (values) => {
    const parts = Object.fromEntries(names.map((name, i) => [name, String(values[i])]));
    const model = modelOf(pointers, values);
    const identifier = identifierOf(facts, model) ?? "";
    expect(partsOf(facts, identifier)).toEqual(parts);
    expect(parseIdentifier(facts, identifier)).toBe(identifier);
    expect(parseIdentifier(facts, parts)).toBe(identifier);
    expect(parseIdentifier(facts, model)).toBe(identifier);
    expect(parseIdentifier(facts, JSON.stringify(parts))).toBe(identifier);
    const isSplit = slash && length > 1 && !values.some((one) => /[|/{]/.test(String(one)));
    if (isSplit) expect(parseIdentifier(facts, values.join("/"), { slash })).toBe(identifier);
  });
  fc.assert(law, { numRuns: 12 });
}

const isSlashed = (type: string): boolean => noteOf(type)?.slashIdentifier === true;

describe("the identifier", () => {
  test(
    "of every type that this version knows gives back the parts it was built of",
    { timeout: 60_000 },
    () => {
      for (const type of bundledTypes()) givesBackItsParts(bundledFacts(type) ?? {}, isSlashed(type));
    },
  );

  test.skipIf(!hasRegistry)(
    "of every type of the registry does too (skipped where its schemas are not at hand)",
    { timeout: 60_000 },
    () => {
      const types = pairs();
      expect(types.length).toBeGreaterThan(1_400);
      for (const { type, told } of types) givesBackItsParts(told, isSlashed(type));
    },
  );

  test("is made of the parts in the order that Cloud Control takes them in", () => {
    const facts = bundledFacts("AWS::SSO::Assignment") ?? {};
    const names = [
      "InstanceArn",
      "TargetId",
      "TargetType",
      "PermissionSetArn",
      "PrincipalType",
      "PrincipalId",
    ];
    const parts = Object.fromEntries(names.map((name) => [name, name]));
    expect(identifierOf(facts, parts)).toBe(names.join("|"));
  });
});
