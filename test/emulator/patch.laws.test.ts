import * as fc from "fast-check";
import jsonpatch from "fast-json-patch";
import { describe, expect, test } from "vitest";
import { applyPatch, readPatch } from "../../src/emulator/cloud/patch.ts";
import { type Json, type Props, equal, leavesOf, valueAt } from "../../src/json.ts";

const name = fc.constantFrom("a", "b", "a/b", "m~n", "", "0", "-");
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, 1, 1.5, "x", ""),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  ),
}));
const model: fc.Arbitrary<Props> = fc.dictionary(name, value, { maxKeys: 4 });

const apply = (before: Props, ops: unknown): Props => applyPatch(before, readPatch(JSON.stringify(ops)));

/** Some place in a model, with what is there. */
const placed = model
  .filter((made) => Object.keys(made).length > 0)
  .chain((made) => fc.constantFrom(...leavesOf(made)).map((leaf) => ({ made, ...leaf })));

describe("the patch engine", () => {
  test("follows any patch that another library makes from one model to the next", () => {
    fc.assert(
      fc.property(model, model, (before, after) => {
        const ops = jsonpatch.compare(structuredClone(before), structuredClone(after));
        expect(equal(apply(before, ops), after)).toBe(true);
      }),
    );
  });

  test("leaves the model that it was given alone", () => {
    fc.assert(
      fc.property(model, model, (before, after) => {
        const copy = structuredClone(before);
        apply(before, jsonpatch.compare(structuredClone(before), structuredClone(after)));
        expect(before).toEqual(copy);
      }),
    );
  });

  test("tests by meaning: key order aside, everything counts", () => {
    fc.assert(
      fc.property(placed, value, ({ made, pointer, value: there }, other) => {
        expect(apply(made, [{ op: "test", path: pointer, value: there }])).toEqual(made);
        if (equal(there, other)) return;
        expect(() => apply(made, [{ op: "test", path: pointer, value: other }])).toThrow("[TEST Operation]");
      }),
    );
  });

  test("puts back what it removed", () => {
    fc.assert(
      fc.property(placed, ({ made, pointer, value: there }) => {
        const ops = [
          { op: "remove", path: pointer },
          { op: "add", path: pointer, value: there },
        ];
        expect(equal(apply(made, ops), made)).toBe(true);
      }),
    );
  });

  test("replaces only what is there", () => {
    fc.assert(
      fc.property(placed, value, ({ made, pointer }, other) => {
        expect(valueAt(apply(made, [{ op: "replace", path: pointer, value: other }]), pointer)).toEqual(
          other,
        );
        const beyond = `${pointer}/nowhere`;
        expect(() => apply(made, [{ op: "replace", path: beyond, value: other }])).toThrow(
          "[REPLACE Operation]",
        );
        expect(() => apply(made, [{ op: "remove", path: beyond }])).toThrow("[REMOVE Operation]");
      }),
    );
  });

  test("moves as it removes and adds", () => {
    fc.assert(
      fc.property(placed, ({ made, pointer, value: there }) => {
        const moved = apply(made, [{ op: "move", from: pointer, path: "/target" }]);
        const byHand = [
          { op: "remove", path: pointer },
          { op: "add", path: "/target", value: there },
        ];
        expect(moved).toEqual(apply(made, byHand));
      }),
    );
  });
});

describe("a patch document", () => {
  test.each([
    ["{", "not valid JSON"],
    ["{}", "not an array"],
    ["[1]", "not an object"],
    ['[{"path":"/a","value":1}]', "missing 'op' field"],
    ['[{"op":"put","path":"/a","value":1}]', "unknown 'op' field"],
    ['[{"op":"add","value":1}]', "missing 'path' field"],
    ['[{"op":"add","path":"/a"}]', "missing 'value' field"],
    ['[{"op":"move","path":"/a"}]', "missing 'from' field"],
    ['[{"op":"add","path":"a","value":1}]', "no JSON pointer"],
    ['[{"op":"add","path":"/a~2","value":1}]', "no JSON pointer"],
  ])("%s is refused: %s", (text, problem) => {
    expect(() => readPatch(text)).toThrow(problem);
  });

  test.each([
    ["an index past the end", { op: "add", path: "/list/3", value: 1 }],
    ["an index of an absent item", { op: "remove", path: "/list/2" }],
    ["an index with a leading zero", { op: "replace", path: "/list/01", value: 1 }],
    ["a name in a list", { op: "add", path: "/list/x", value: 1 }],
    ["a child of a scalar", { op: "add", path: "/text/x", value: 1 }],
    ["a move into itself", { op: "move", from: "/box", path: "/box/in" }],
    ["a copy from nowhere", { op: "copy", from: "/none", path: "/x" }],
    ["the removal of everything", { op: "remove", path: "" }],
    ["a model that is no object", { op: "replace", path: "", value: [] }],
  ])("does not apply with %s", (_, op) => {
    expect(() => apply({ list: [1, 2], text: "t", box: { in: 1 } }, [op])).toThrow(
      /^(\[[A-Z]+ Operation\]|Model validation failed)/,
    );
  });

  test("may replace the whole model", () => {
    expect(apply({ a: 1 }, [{ op: "replace", path: "", value: { b: 2 } }])).toEqual({ b: 2 });
  });
});
