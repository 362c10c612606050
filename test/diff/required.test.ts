import { describe, expect, test } from "vitest";
import { type Plan, type PlanInput, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";

const patchOf = (plan: Plan): unknown => (plan.move === "update" ? plan.patch : plan.move);
const decide = (input: Partial<PlanInput> & { live: Props; desired: Props }): unknown =>
  patchOf(planChange({ facts: { writeOnly: [] }, ...input }));

describe("an object that is declared no longer", () => {
  const facts = {
    writeOnly: [],
    members: { properties: { Box: { ref: "Box" }, Boxes: { map: { ref: "Box" } } } },
    definitions: {
      Box: { properties: { Type: "string", Note: "string", Lid: { ref: "Lid" } }, required: ["Type"] },
      Lid: { properties: { Form: "string", Colour: "string" }, required: ["Form"] },
    },
  } as const;

  test("goes whole with a member that it must have, whoever else has put something in it", () => {
    const live = { Box: { Type: "a", Note: "theirs" } };
    const prior = { desired: { Box: { Type: "a" } } };
    expect(decide({ facts, prior, live, desired: {} })).toEqual([{ op: "remove", path: "/Box" }]);
    expect(decide({ prior, live, desired: {} })).toEqual([{ op: "remove", path: "/Box/Type" }]);
  });

  test("goes alone where what is around it can be without it, and as one of a map", () => {
    const there = { Type: "a", Lid: { Form: "round", Colour: "red" } };
    const desired = { Box: { Type: "a" } };
    const prior = { desired: { Box: { Type: "a", Lid: { Form: "round" } } } };
    expect(decide({ facts, prior, live: { Box: there }, desired })).toEqual([
      { op: "remove", path: "/Box/Lid" },
    ]);
    expect(
      decide({
        facts,
        prior: { desired: { Boxes: { one: { Type: "a" } } } },
        live: { Boxes: { one: { Type: "a", Note: "theirs" }, two: { Type: "b" } } },
        desired: {},
      }),
    ).toEqual([{ op: "remove", path: "/Boxes/one" }]);
  });

  test("stays, less what was declared, where it keeps what it must have", () => {
    const live = { Box: { Type: "a", Note: "mine" } };
    expect(decide({ facts, prior: { desired: { Box: { Note: "mine" } } }, live, desired: {} })).toEqual([
      { op: "remove", path: "/Box/Note" },
    ]);
  });

  test("is no change in place where it is fixed at creation", () => {
    const live = { Box: { Type: "a", Note: "theirs" } };
    const prior = { desired: { Box: { Type: "a" } } };
    const plan = planChange({ facts: { ...facts, createOnly: ["/Box"] }, prior, live, desired: {} });
    expect(plan).toMatchObject({ move: "replace", because: [{ path: "/Box" }] });
  });
});
