import { describe, expect, test } from "vitest";
import {
  holdsSecret,
  pointersTo,
  redactProps,
  redactText,
  redactValue,
  textsIn,
} from "../../../src/resource/secrets/redact.ts";

const texts = new Set(["hunter2-hunter2", "abcd", "abc"]);

describe("the texts by which a secret is told", () => {
  test("are all in it that are not too short to be telling", () => {
    expect(textsIn({ a: ["abc", "abcd"], b: { c: "defgh", d: 12345, e: null } })).toEqual(["abcd", "defgh"]);
  });
});

describe("a value holds a secret", () => {
  test.each<[string | number, boolean]>([
    ["hunter2-hunter2", true],
    ["postgres://u:hunter2-hunter2@host", true],
    ["abcd", true],
    // A short one inside a word is an accident.
    ["xabcdx", false],
    ["hunter2", false],
    [12, false],
  ])("%j: %s", (value, isHeld) => {
    expect(holdsSecret(value, texts)).toBe(isHeld);
  });

  test("and its places are found wherever it has moved to", () => {
    expect(pointersTo({ A: ["x", "abcd"], B: { C: "a hunter2-hunter2 b" } }, texts)).toEqual([
      "/A/1",
      "/B/C",
    ]);
    expect(pointersTo({ A: "abcd" }, new Set())).toEqual([]);
  });
});

describe("what is shown instead", () => {
  test("is a mask for the whole text, and all else as it was", () => {
    const value = { A: ["abcd", 1, null], B: "url hunter2-hunter2", C: "plain" };
    expect(redactValue(value, texts)).toEqual({ A: ["‹secret›", 1, null], B: "‹secret›", C: "plain" });
  });

  test("leaves what stands at an open pointer, in every item", () => {
    const props = { A: [{ B: "abcd", C: "abcd" }] };
    expect(redactProps(props, texts, ["/A/*/B"])).toEqual({ A: [{ B: "abcd", C: "‹secret›" }] });
  });

  test("in a message takes out the longest first, also as JSON quotes it", () => {
    const quoted = new Set(['say "hi" now', "hunter2", "hunter2-hunter2"]);
    expect(redactText("got hunter2-hunter2 and hunter2", quoted)).toBe("got ‹secret› and ‹secret›");
    expect(redactText(`{"a":${JSON.stringify('say "hi" now')}}`, quoted)).toBe('{"a":"‹secret›"}');
    expect(redactText("abc", ["abc"])).toBe("abc");
  });

  test("takes a secret for what it is where it looks like a pattern of replacement", () => {
    expect(redactText("x $&$1$$ y", ["$&$1$$"])).toBe("x ‹secret› y");
  });
});
