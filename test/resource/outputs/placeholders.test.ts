import { describe, expect, test } from "vitest";
import {
  gap,
  isFragment,
  isUnknown,
  isWhollyUnknown,
  knownIn,
  placeholderOf,
  unknownIn,
  withGaps,
} from "../../../src/resource/outputs/placeholders.ts";

const id = placeholderOf("api", ["ApiId"]);
// What an id holds that was itself made of something unknown.
const nested = placeholderOf(`of ${id}`, ["Arn"]);

describe("what stands for what is known only after apply", () => {
  test("is told wherever it comes out, in a text too", () => {
    expect(id).toBe("⟨api.ApiId⟩");
    expect([id, `https://${id}/x`, nested].map(isUnknown)).toEqual([true, true, true]);
    expect(["api", 1, null, undefined].map(isUnknown)).toEqual([false, false, false, false]);
  });

  test("stands for more than text only where it is all there is", () => {
    expect([id, nested, `${id}x`, `${id}${id}`, ""].map(isWhollyUnknown)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("that a program has cut is a fragment, and whole ones are none", () => {
    expect([id.slice(0, 4), id.slice(1), `${id}${id.slice(2)}`].map(isFragment)).toEqual([true, true, true]);
    expect([id, `a${id}b${nested}`, "plain"].map(isFragment)).toEqual([false, false, false]);
  });

  test("leaves one gap each in a text, those inside others none", () => {
    expect(withGaps(`a${id}b${nested}c`)).toBe(`a${gap}b${gap}c`);
  });

  test("is found in properties, also as the name of a member, and what is known is the rest", () => {
    const props = { A: "x", B: [id, "y"], C: { [id]: 1, D: 2 }, E: `to ${nested}` };
    expect(unknownIn(props)).toEqual(["/B/0", `/C/${id}`, "/E"]);
    expect(knownIn(props)).toEqual({ A: "x", B: ["y"], C: { D: 2 } });
    expect(knownIn({ A: 1 })).toEqual({ A: 1 });
  });
});
