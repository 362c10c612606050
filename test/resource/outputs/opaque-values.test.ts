import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { makeOpaque, opaqueIn, passOn } from "../../../src/resource/outputs/opaque-values.ts";

class Looked extends Error {}

function opaque(isList = false): { readonly value: object; readonly passed: () => number } {
  let passed = 0;
  const look = (): never => {
    throw new Looked();
  };
  const value = makeOpaque({ text: "⟨zone.NameServers⟩", isList, look, pass: () => (passed += 1) });
  return { value, passed: () => passed };
}

describe("what a plan cannot show yet and that is no text", () => {
  test.each<[string, (value: object) => unknown]>([
    ["a member", (value) => Reflect.get(value, "length")],
    ["its text", (value) => String(value)],
    ["its number", (value) => Number(value)],
    ["its members", (value) => Object.keys(value)],
    ["whether it has one", (value) => "a" in value],
    ["its items", (value) => [...(value as unknown as Iterable<unknown>)]],
    ["JSON of it", (value) => JSON.stringify(value)],
    ["a copy", (value) => ({ ...value })],
    ["a write", (value) => Reflect.set(value, "a", 1)],
  ])("throws where a program looks into it: %s", (_, look) => {
    for (const isList of [false, true]) expect(() => look(opaque(isList).value)).toThrow(Looked);
  });

  test("can be awaited, asked for its kind and shown to a reader", async () => {
    const { value, passed } = opaque();
    expect((await Promise.resolve(value)) === value).toBe(true);
    expect(Array.isArray(opaque(true).value)).toBe(true);
    expect(inspect(value)).toBe("⟨zone.NameServers⟩");
    expect(passed()).toBe(1);
  });

  test("is passed on as the text that stands for it, and says that it was", () => {
    const { value, passed } = opaque();
    expect(passOn(value)).toBe("⟨zone.NameServers⟩");
    expect(passed()).toBe(1);
    expect(opaqueIn(value)?.text).toBe("⟨zone.NameServers⟩");
    expect([passOn({}), opaqueIn([])]).toEqual([undefined, undefined]);
  });
});
