import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

/** The move that a drift check of `desired` against `live` ends with. */
const moveOf = (facts: Facts, desired: Props, live: Props, before: Props = desired): string =>
  planChange({ facts: { writeOnly: [], ...facts }, prior: { desired: before }, live, desired }).move;

describe("spelling", () => {
  const both = { types: { "/M/*": ["boolean", "integer", "string"], "/L/*": ["number", "string"] } };

  test.each<[Json, Json]>([
    [true, "true"],
    ["false", false],
    [1, "1"],
    ["1.0", 1],
    [-2, "-2"],
  ])("%j and %j are equal where both types may stand, and nowhere else", (desired, live) => {
    expect(moveOf(both, { M: { x: desired } }, { M: { x: live } })).toBe("nothing");
    expect(moveOf({}, { M: { x: desired } }, { M: { x: live } })).toBe("update");
  });

  test.each<[Json, Json]>([
    [true, "True"],
    [true, "1"],
    [0, ""],
    [0, "  "],
    [1, "1x"],
    [true, 1],
  ])("%j and %j differ everywhere", (desired, live) => {
    expect(moveOf(both, { M: { x: desired } }, { M: { x: live } })).toBe("update");
  });

  test("counts only in the types that the facts name, text among them", () => {
    const of = (...types: string[]): Facts => ({ types: { "/A": types } });
    expect(moveOf(of("string", "boolean"), { A: 1 }, { A: "1" })).toBe("update");
    expect(moveOf(of("string", "number"), { A: true }, { A: "true" })).toBe("update");
    expect(moveOf(of("number", "boolean"), { A: "1" }, { A: 1 })).toBe("update");
    expect(moveOf(of("string", "number"), { A: "1.5" }, { A: 1.5 })).toBe("nothing");
    expect(moveOf(of("string", "boolean"), { A: null, B: 1 }, { A: "null", B: 1 })).toBe("nothing");
  });

  test("reaches into lists", () => {
    expect(moveOf(both, { L: [1, "2"] }, { L: ["1", 2] })).toBe("nothing");
  });
});

describe("JSON documents", () => {
  const facts = { jsonDocuments: ["/Policy"] };
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Condition: { Null: { x: null } } }],
  };

  test("equal their text in either direction, whatever its spaces and key order", () => {
    const text = JSON.stringify({ Statement: document.Statement, Version: document.Version }, undefined, 4);
    expect(moveOf(facts, { Policy: document }, { Policy: text })).toBe("nothing");
    expect(moveOf(facts, { Policy: text }, { Policy: document })).toBe("nothing");
    expect(moveOf(facts, { Policy: text }, { Policy: JSON.stringify(document) })).toBe("nothing");
  });

  test("are one value: a foreign member is a difference, and null is kept", () => {
    const plan = planChange({
      facts: { ...facts, writeOnly: [] },
      prior: { desired: { Policy: document } },
      live: { Policy: { ...document, Id: "x" } },
      desired: { Policy: document },
    });
    expect(plan).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/Policy", value: document }],
    });
  });

  test("are only those that the facts name: any other text counts byte by byte", () => {
    expect(moveOf({}, { Template: '{"a": 1}' }, { Template: '{"a":1}' })).toBe("update");
    expect(moveOf(facts, { Policy: "not json" }, { Policy: "not  json" })).toBe("update");
  });
});

describe("lists", () => {
  const unordered = { unordered: ["/L", "/L/*/Inner"] };

  test("without a meaning of order are multisets", () => {
    expect(moveOf(unordered, { L: [1, 2, 2] }, { L: [2, 1, 2] })).toBe("nothing");
    expect(moveOf(unordered, { L: [1, 2, 2] }, { L: [1, 1, 2] })).toBe("update");
    expect(moveOf(unordered, { L: [1, 2] }, { L: [1, 2, 2] })).toBe("update");
    expect(moveOf({}, { L: [1, 2] }, { L: [2, 1] })).toBe("update");
  });

  test("match items that the service added defaults to, also where a greedy choice would fail", () => {
    const desired = { L: [{ a: 1 }, { a: 1, b: 2 }] };
    expect(
      moveOf(unordered, desired, {
        L: [
          { a: 1, b: 2, z: 0 },
          { a: 1, b: 3, z: 0 },
        ],
      }),
    ).toBe("nothing");
    expect(
      moveOf(unordered, desired, {
        L: [
          { a: 1, b: 3 },
          { a: 1, b: 4 },
        ],
      }),
    ).toBe("update");
  });

  test("are unordered inside their items too", () => {
    const desired = {
      L: [
        { n: 1, Inner: ["x", "y"] },
        { n: 2, Inner: [] },
      ],
    };
    expect(moveOf(unordered, desired, { L: [{ n: 2 }, { n: 1, Inner: ["y", "x"] }] })).toBe("nothing");
  });

  test("lose a member that was declared in an item and no longer is", () => {
    const live = { L: [{ a: 1, b: 2 }] };
    expect(moveOf({}, { L: [{ a: 1 }] }, live)).toBe("nothing");
    expect(moveOf({}, { L: [{ a: 1 }] }, live, { L: [{ a: 1, b: 2 }] })).toBe("update");
    expect(moveOf(unordered, { L: [{ a: 1 }] }, live, { L: [{ a: 1, b: 2 }] })).toBe("update");
  });

  test("ignore read-only members of their items", () => {
    const facts = { readOnly: ["/L/*/Id"], unordered: ["/L"] };
    expect(
      moveOf(
        facts,
        { L: [{ a: 1 }, { a: 2 }] },
        {
          L: [
            { a: 2, Id: "2" },
            { a: 1, Id: "1" },
          ],
        },
      ),
    ).toBe("nothing");
  });

  test("of some thousand items are compared in any order", () => {
    const items = Array.from({ length: 3000 }, (_, i) => ({ n: i }));
    const live = items.toReversed().map((item) => ({ ...item, Default: true }));
    expect(moveOf(unordered, { L: items }, { L: live })).toBe("nothing");
  });

  test("accept a pattern that crosses them without a star", () => {
    expect(moveOf({ readOnly: ["/L/Id"] }, { L: [{ a: 1 }] }, { L: [{ a: 1, Id: "x" }] })).toBe("nothing");
    expect(moveOf({ unordered: ["/L/Inner"] }, { L: [{ Inner: [1, 2] }] }, { L: [{ Inner: [2, 1] }] })).toBe(
      "nothing",
    );
  });
});
