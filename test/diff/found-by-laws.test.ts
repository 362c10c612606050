import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const added = (facts: Facts, desired: Props, live: Props = {}): Plan =>
  planChange({ facts, prior: { desired: live, live }, live, desired });

describe("a write-only value in the items of a list that is new", () => {
  test.each<[string, Facts, Props]>([
    ["alone in an object", { writeOnly: ["/L/*/Auth/Secret"] }, { L: [{ N: 1, Auth: { Secret: "s" } }] }],
    ["alone in a map", { writeOnly: ["/L/*/Auth/*"] }, { L: [{ N: 1, Auth: { Token: "t" } }] }],
    ["two objects down", { writeOnly: ["/L/*/A/B/C"] }, { L: [{ N: 1, A: { B: { C: "c" } } }] }],
    ["alone in a list", { writeOnly: ["/L/*/Keys/*"] }, { L: [{ N: 1, Keys: ["k"] }] }],
    [
      "where order means nothing",
      { writeOnly: ["/L/*/A/B"], unordered: ["/L"] },
      { L: [{ A: { B: "b" } }, { N: 2 }] },
    ],
  ])("is sent where it stands %s", (_, facts, desired) => {
    expect(added(facts, desired)).toMatchObject({
      move: "update",
      patch: [{ op: "add", path: "/L", value: desired["L"] }],
    });
  });
});

test("an empty list of hidden items below what is fixed at creation is not sent", () => {
  const facts: Facts = { createOnly: ["/A"], writeOnly: ["/A/*/*"] };
  expect(added(facts, { A: { B: [] }, C: "x" })).toMatchObject({ patch: [{ op: "add", path: "/C" }] });
});

test("what is fixed at creation stays in live, though what is asked excludes it", () => {
  const facts: Facts = { createOnly: ["/A/C"], exclusive: [["/A/C", "/A/B"]] };
  const plan = planChange({
    facts,
    prior: { desired: {} },
    live: { A: { C: "c" } },
    desired: { A: { B: "b" } },
  });
  expect(plan).toMatchObject({ patch: [{ op: "add", path: "/A/B", value: "b" }] });
});

describe("an object that says no more than that it is there", () => {
  const desired = { DefaultAction: { Block: { CustomResponse: { Headers: [] } } } };
  const live = { DefaultAction: { Allow: {} } };

  test("is sent where live does not have it", () => {
    expect(added({}, desired, live)).toMatchObject({
      patch: [
        { op: "remove", path: "/DefaultAction/Allow" },
        { op: "add", path: "/DefaultAction/Block", value: desired.DefaultAction.Block },
      ],
    });
  });

  test("is not sent again and again to a service that drops it", () => {
    const shown = { DefaultAction: {} };
    expect(planChange({ facts: {}, prior: { desired, live: shown }, live: shown, desired }).move).toBe(
      "nothing",
    );
  });
});

describe("a value of another kind, with something in it that is fixed at creation", () => {
  const facts: Facts = { createOnly: ["/Source/Id"] };
  test.each<[string, Props, Props]>([
    ["comes", { Source: "text" }, { Source: { Id: "i" } }],
    ["goes", { Source: { Id: "i" } }, { Source: "text" }],
  ])("makes another resource where it %s", (_, before, desired) => {
    expect(added(facts, desired, before)).toMatchObject({ move: "replace", because: [{ path: "/Source" }] });
  });
});
