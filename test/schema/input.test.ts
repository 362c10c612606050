import { type Props, isSure, leavesOf } from "../../src/json.ts";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toProps } from "../../src/schema/input.ts";

const refusalOf = (value: unknown): unknown => {
  try {
    return toProps(value);
  } catch (error) {
    return error;
  }
};

class Point {
  readonly x = 1;
}

describe("a script's value", () => {
  test("that is JSON is read as it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        fc.pre(
          leavesOf(value as Props).every((leaf) => typeof leaf.value !== "number" || isSure(leaf.value)),
        );
        expect(JSON.stringify(toProps(value))).toBe(JSON.stringify(value));
      }),
    );
  });

  test("loses undefined members at any depth and keeps null", () => {
    expect(toProps({ a: undefined, b: null, c: { d: undefined }, e: [null] })).toEqual({
      b: null,
      c: {},
      e: [null],
    });
  });

  test("is copied, so that a later change in the script changes nothing here", () => {
    const value = { Tags: [{ Key: "a" }] };
    const props = toProps(value);
    value.Tags.push({ Key: "b" });
    expect(props).toEqual({ Tags: [{ Key: "a" }] });
  });

  test("with a member called __proto__ pollutes nothing", () => {
    const props = toProps(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Object.keys(props)).toEqual(["__proto__"]);
    expect("polluted" in props).toBe(false);
  });

  test("may come from another realm, have no prototype, or know its JSON", () => {
    const bare: Record<string, unknown> = Object.create(null);
    bare["a"] = [new URL("https://example.com/x")];
    expect(toProps(bare)).toEqual({ a: ["https://example.com/x"] });
    expect(toProps(runInNewContext("({ a: [{ b: 1 }] })"))).toEqual({ a: [{ b: 1 }] });
  });

  test("may stand twice, as long as it does not hold itself", () => {
    const tags = [{ Key: "a" }];
    expect(toProps({ one: tags, two: tags })).toEqual({ one: tags, two: tags });
    const knot: Record<string, unknown> = {};
    knot["a"] = [knot];
    expect(refusalOf(knot)).toMatchObject({ code: "VALIDATION", paths: ["/a/0"] });
  });

  test.each([
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [2n ** 53n + 1n, "pass text where text is asked"],
    [Symbol("s"), "JSON cannot hold"],
    [() => 1, "function"],
    [new Date(0), "pass date.toISOString()"],
    [Promise.resolve(1), "is a promise: await it"],
    [Object.create(Promise.prototype), "is a promise: await it"],
    [new Map(), "Object.fromEntries(map)"],
    [new Set(), "[...set]"],
    [Buffer.from("x"), "bytes"],
    [new Point(), "pass a plain object"],
    [[undefined], "leave the item out"],
    [Array.from({ length: 1 }), "leave the item out"],
  ])("is refused with its place and a remedy: %o", (value, remedy) => {
    expect(refusalOf({ a: { "b/c": value } })).toMatchObject({
      code: "VALIDATION",
      what: expect.stringMatching(/^\/a\/b~1c/),
      message: expect.stringContaining(remedy),
    });
  });

  test.each([undefined, null, 1, "text", [[]], () => ({})])("that is no object is refused: %o", (value) => {
    expect(refusalOf(value)).toMatchObject({ code: "VALIDATION" });
  });

  test("is refused when it nests too deep, however deep that is", () => {
    let value: unknown = 1;
    for (let i = 0; i < 100_000; i++) value = { a: value };
    expect(refusalOf(value)).toMatchObject({
      code: "VALIDATION",
      message: expect.stringContaining("over 100 deep"),
    });
  });

  test("may take 262,144 characters of JSON and no more", () => {
    const text = "x".repeat(262_144 - '{"a":""}'.length);
    expect(toProps({ a: text })).toEqual({ a: text });
    expect(refusalOf({ a: `${text}x` })).toMatchObject({ code: "VALIDATION" });
  });

  test("is named from where it stands", () => {
    expect(() => toProps({ b: NaN }, { at: "/a" })).toThrow("/a/b is NaN");
  });
});

describe("a replacement", () => {
  test("stands where an object, a list or a function was, even as null", () => {
    const given = { api: new Point(), list: [new Map(), 1], call: () => 1, plain: { a: 1 } };
    const seen: string[] = [];
    const props = toProps(given, {
      replace(value, at) {
        seen.push(at);
        if (value instanceof Map) return null;
        return value instanceof Point || typeof value === "function" ? `at ${at}` : undefined;
      },
    });
    expect(props).toEqual({ api: "at /api", list: [null, 1], call: "at /call", plain: { a: 1 } });
    expect(seen).toEqual(["", "/api", "/list", "/list/0", "/call", "/plain"]);
  });
});
