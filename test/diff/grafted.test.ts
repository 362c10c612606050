import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Json, Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { strictly } from "../support/diff/strictly.ts";

/** What live becomes when `N` goes from 1 to 2 and the secrets are declared as before. */
function after(facts: Facts, live: Props, declared: Props): Props {
  const there = { N: 1, ...live };
  const plan = planChange({
    facts,
    prior: { desired: { N: 1, ...declared } },
    live: there,
    desired: { N: 2, ...declared },
  });
  return strictly(there, plan.move === "update" ? plan.patch : []);
}

describe("write-only values in a patch", () => {
  const facts: Facts = { writeOnly: ["/Box/Key", "/Keys/*", "/Hooks/*/Token"] };
  const box = { Box: { Key: "k" } };

  test.each<[string, Props]>([
    ["is absent", {}],
    ["is null", { Box: null }],
    ["is empty", { Box: {} }],
  ])("make the object around them when it %s in live", (_, live) => {
    expect(after(facts, live, box)).toEqual({ N: 2, ...box });
  });

  test("do not take the place of another kind of value", () => {
    expect(after(facts, { Box: "text" }, box)).toEqual({ N: 2, Box: "text" });
  });

  test("go with the whole list that they make", () => {
    expect(after(facts, {}, { Keys: ["a", "b"] })).toEqual({ N: 2, Keys: ["a", "b"] });
  });

  test("find items that are the same in another spelling, in any order", () => {
    const spelled: Facts = {
      ...facts,
      unordered: ["/Hooks"],
      types: { "/Hooks/*/Port": ["integer", "string"] },
    };
    const hook = (port: Json, token?: string): Props => ({ Port: port, ...(token && { Token: token }) });
    expect(
      after(
        spelled,
        { Hooks: [hook("3"), hook("1"), hook("2")] },
        { Hooks: [hook(1, "one"), hook(2, "two"), hook(3, "three")] },
      ),
    ).toEqual({ N: 2, Hooks: [hook("3", "three"), hook("1", "one"), hook("2", "two")] });
  });
});

describe("a write-only value in a list inside a list", () => {
  const facts: Facts = { writeOnly: ["/L/*/Inner/*/Token"] };
  const model = (...tokens: string[]): Props => ({
    L: [
      { Inner: [{ Name: "plain" }, ...tokens.map((Token, i) => ({ Name: `n${i}`, Token }))] },
      { Inner: [] },
    ],
  });
  const live = { L: [{ Inner: [{ Name: "plain" }, { Name: "n0" }, { Name: "n1" }] }, { Inner: [] }] };
  const plan = (before: Props, desired: Props): Props =>
    Object({ ...planChange({ facts, prior: { desired: before }, live, desired }) });

  test("is a change when another is declared, and none otherwise", () => {
    expect(plan(model("a", "b"), model("a", "b"))).toMatchObject({ move: "nothing" });
    expect(plan(model("a", "b"), model("b", "a"))).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/L", value: model("b", "a")["L"] }],
    });
  });
});

describe("a create-only path that live does not show", () => {
  test("is a replacement when it is declared for the first time on a recorded resource", () => {
    const facts: Facts = { createOnly: ["/Seed"] };
    const before = { N: 1 };
    const desired = { N: 1, Seed: "s" };
    expect(planChange({ facts, prior: { desired: before }, live: before, desired }).move).toBe("replace");
  });
});
