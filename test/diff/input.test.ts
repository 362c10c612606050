import { describe, expect, test } from "vitest";
import { type PlanInput, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";

/** A value from outside, where the type system has not been. */
const anything = (value: unknown): Props => Object({ value }).value;
const plan = (desired: unknown, live?: unknown): ReturnType<typeof planChange> =>
  planChange({
    facts: {},
    desired: anything(desired),
    live: live === undefined ? undefined : anything(live),
  });

const circle: Record<string, unknown> = { a: 1 };
circle["self"] = { circle };

describe("models that are not plain JSON", () => {
  test.each<[string, unknown, string]>([
    ["a function", { A: { f: () => 1 } }, "/A/f"],
    ["a symbol", { A: Symbol("x") }, "/A"],
    ["a bigint", { A: 1n }, "/A"],
    ["NaN", { A: [1, Number.NaN] }, "/A/1"],
    ["infinity", { A: Infinity }, "/A"],
    ["a cycle", circle, "/self/circle"],
    ["a date", { A: new Date(0) }, "/A"],
    ["a map", { A: new Map() }, "/A"],
    ["a promise", { A: Promise.resolve(1) }, "/A"],
    ["__proto__", JSON.parse('{"A":{"__proto__":{"polluted":true}}}'), "/A/__proto__"],
    ["a list", [], ""],
    ["text", "x", ""],
    ["null", null, ""],
  ])("are refused with the path: %s", (_, model, path) => {
    const refusal = expect.objectContaining({ code: "VALIDATION", paths: [path] });
    expect(() => plan(model)).toThrow(refusal);
    expect(() => plan({}, model)).toThrow(refusal);
  });

  test.each<[unknown, string]>([
    [{ A: () => 1 }, "/A is a function, not JSON"],
    [{ A: [Number.NaN] }, "/A/0 is NaN, which JSON cannot hold"],
    [circle, "/self/circle holds itself"],
    [{ A: new Date(0) }, "/A is object Date, not a plain object"],
    [JSON.parse('{"__proto__":1}'), "/__proto__ is a name that no property may have"],
    ["x", "The model is not an object"],
  ])("are refused in words: %#", (model, words) => {
    expect(() => plan(model)).toThrow(words);
  });

  test("keep null inside JSON documents", () => {
    const facts = { jsonDocuments: ["/Policy"] };
    const desired = anything({ Policy: { Null: null, deep: [{ x: null }] }, A: null });
    expect(planChange({ facts, live: undefined, desired })).toEqual({
      move: "create",
      desired: { Policy: { Null: null, deep: [{ x: null }] } },
    });
  });

  test("are read without their undefined and null members, at any depth", () => {
    const desired = { A: undefined, B: null, C: { d: undefined, e: null, f: 1 }, D: [1, null, undefined] };
    expect(plan(desired)).toEqual({ move: "create", desired: { C: { f: 1 }, D: [1] } });
  });

  test("may hold the same object twice", () => {
    const shared = { x: 1 };
    expect(plan({ A: shared, B: [shared, shared] })).toMatchObject({ move: "create" });
  });

  test("are never changed by planning", () => {
    const frozen = (value: Props): Props => {
      for (const member of Object.values(value)) if (typeof member === "object") Object.freeze(member);
      return Object.freeze(value);
    };
    const input: PlanInput = {
      facts: { writeOnly: ["/A/s"] },
      prior: { desired: frozen({ A: { x: 1 } }), live: frozen({ A: { x: 1 } }) },
      live: frozen({ A: { x: 1 }, L: [1] }),
      desired: frozen({ A: { x: 2, s: "s" }, L: [2] }),
    };
    expect(planChange(input).move).toBe("update");
  });
});
