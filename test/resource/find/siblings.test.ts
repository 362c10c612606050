import { describe, expect, test } from "vitest";
import type { Props } from "../../../src/json.ts";
import type { Lister } from "../../../src/lookup/lister.ts";
import { parentsIn, siblings } from "../../../src/resource/find/siblings.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import type { Note } from "../../../src/services/note.ts";
import type { ReadContext } from "../../../src/resource/context.ts";

const below = (facts: Facts, desired: Props, more: readonly string[] = [], note: Note = {}) =>
  parentsIn({ facts, note, desired }, more);

describe("what a list is asked with", () => {
  test.each([
    ["nothing where nothing is called for", below({}, { A: "a" }), { parents: {} }],
    [
      "what the registry calls for",
      below({ listRequires: ["A"] }, { A: "a", B: "b" }),
      { parents: { A: "a" } },
    ],
    ["what the note calls for", below({}, { A: "a" }, [], { listNeeds: ["A"] }), { parents: { A: "a" } }],
    [
      "what else is asked, where stated",
      below({}, { A: "a", B: "" }, ["A", "B", "C"]),
      { parents: { A: "a" } },
    ],
    ["one alternative", below({ listAlternatives: [["A"], ["B"]] }, { B: "b" }), { parents: { B: "b" } }],
    [
      "the first alternative of several that are stated",
      below({ listAlternatives: [["A"], ["B"]] }, { A: "a", B: "b" }),
      { parents: { A: "a" } },
    ],
  ])("is %s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test.each([
    [below({ listRequires: ["A", "B"] }, { A: "a" }), "B"],
    [below({ listRequires: ["A"] }, { A: null }), "A"],
    [below({}, {}, [], { listNeeds: ["A"] }), "A"],
    [below({ listAlternatives: [["A", "B"], ["C"]] }, { A: "a" }), "A and B, or C"],
  ])("may be missing: %j", (found, missing) => {
    expect(found).toEqual({ missing });
  });
});

test("a resource that a list shows twice, as it may while it is turned, is one sibling", async () => {
  const lister: Lister = {
    lists: () => true,
    async *list(_, parents) {
      for (const Id of ["a", "b", "a"]) yield await Promise.resolve({ Id, ...parents });
    },
  };
  const call = {
    type: "A::B::C",
    facts: { primaryIdentifier: ["/Id"] },
    note: undefined,
    desired: {},
    options: {},
  };
  const looking: ReadContext = { call, cloud: { lister } as ReadContext["cloud"] };
  const found: string[] = [];
  for await (const { identifier } of siblings(looking, { Project: "p" })) found.push(identifier);
  expect(found).toEqual(["a", "b"]);
});
