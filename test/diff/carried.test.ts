import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Json } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const facts: Facts = { writeOnly: [], createOnly: ["/Groups/*/Zone"] };
const unordered: Facts = { ...facts, unordered: ["/Groups"] };
const plan = (facts: Facts, before: Json, live: Json, desired: Json): Plan =>
  planChange({
    facts,
    prior: { desired: { Groups: before } },
    live: { Groups: live },
    desired: { Groups: desired },
  });
const written = (plan: Plan): unknown =>
  plan.move === "update" ? plan.patch.map((operation) => "value" in operation && operation.value) : plan.move;

const [a, b, c] = [{ Name: "a" }, { Name: "b" }, { Name: "c" }];
const zoned = (name: string): { Name: string; Zone: string } => ({ Name: name, Zone: `z${name}` });

describe("create-only members of items in a list that is written whole", () => {
  test("are kept over the common beginning when items are added at the end", () => {
    expect(written(plan(facts, [a], [zoned("a")], [a, b]))).toEqual([[zoned("a"), b]]);
  });

  test("are kept over the common beginning when items are dropped at the end", () => {
    expect(written(plan(facts, [a, b], [zoned("a"), zoned("b")], [a]))).toEqual([[zoned("a")]]);
  });

  test("follow their item where order has no meaning", () => {
    const live = [zoned("a"), zoned("b")];
    expect(written(plan(unordered, [a, b], live, [b, c, a]))).toEqual([[zoned("b"), c, zoned("a")]]);
    expect(written(plan(unordered, [a, b], live, [b]))).toEqual([[zoned("b")]]);
  });

  test("go to the changed item that takes the place of another", () => {
    const live = [zoned("a"), zoned("b")];
    const changed = { Name: "a", Size: 2 };
    expect(written(plan(unordered, [b, a], live.toReversed(), [b, changed]))).toEqual([
      [zoned("b"), { ...changed, Zone: "za" }],
    ]);
    expect(written(plan(unordered, [a, b], live, [b, changed]))).toEqual([
      [zoned("b"), { ...changed, Zone: "za" }],
    ]);
  });

  test("stay at their index where order has a meaning", () => {
    const live = [zoned("a"), zoned("b")];
    const swapped = [
      { Name: "b", Zone: "za" },
      { Name: "a", Zone: "zb" },
    ];
    expect(written(plan(facts, [a, b], live, [b, a]))).toEqual([swapped]);
  });

  test("are no contradiction in an item that is new", () => {
    expect(written(plan(facts, [a], [zoned("a")], [a, zoned("b")]))).toEqual([[zoned("a"), zoned("b")]]);
  });
});
