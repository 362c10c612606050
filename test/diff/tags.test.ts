import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const facts: Facts = {
  writeOnly: [],
  unordered: ["/Tags"],
  tags: { path: "/Tags", shape: "array", key: "Key" },
};
const tag = (key: string, value = "1"): Props => ({ Key: key, Value: value });
const patchOf = (plan: Plan): unknown => (plan.move === "update" ? plan.patch : plan.move);

const decide = (
  before: readonly Props[] | undefined,
  live: readonly Props[],
  desired: readonly Props[] | undefined,
): unknown =>
  patchOf(
    planChange({
      facts,
      prior: { desired: before ? { Tags: before } : {} },
      live: { Tags: live },
      desired: desired ? { Tags: desired } : {},
    }),
  );

describe("tags", () => {
  test("are owned by key: changed, dropped and new ones are written, all others stay in their order", () => {
    const live = [tag("aws:stack"), tag("b"), tag("foreign"), tag("a")];
    expect(decide([tag("a"), tag("b")], live, [tag("a", "2"), tag("c")])).toEqual([
      { op: "replace", path: "/Tags", value: [tag("aws:stack"), tag("foreign"), tag("a", "2"), tag("c")] },
    ]);
  });

  test("of AWS are never added, changed or dropped", () => {
    expect(decide([tag("aws:x")], [tag("aws:x")], [])).toBe("nothing");
    expect(decide([], [], [tag("aws:x")])).toBe("nothing");
    expect(decide([], [tag("aws:x")], [tag("aws:x", "2")])).toBe("nothing");
  });

  test("of others stay when all declared ones are dropped; without others the property goes", () => {
    expect(decide([tag("a")], [tag("a"), tag("x")], undefined)).toEqual([
      { op: "replace", path: "/Tags", value: [tag("x")] },
    ]);
    expect(decide([tag("a")], [tag("a")], undefined)).toEqual([{ op: "remove", path: "/Tags" }]);
    expect(decide([tag("a")], [tag("a")], [])).toEqual([{ op: "replace", path: "/Tags", value: [] }]);
  });

  test("keep members that the service adds", () => {
    expect(decide([tag("a")], [{ ...tag("a"), PropagateAtLaunch: true }], [tag("a")])).toBe("nothing");
  });

  test("with a doubled key are compared as a plain list", () => {
    const doubled = [tag("a"), tag("a", "2")];
    expect(decide(doubled, doubled.toReversed(), doubled)).toBe("nothing");
  });

  test("inside other lists are compared by key", () => {
    const nested: Facts = { writeOnly: [], tags: { path: "/Specs/*/Tags", shape: "array", key: "Key" } };
    const desired = { Specs: [{ Tags: [tag("a"), tag("b"), tag("aws:mine")] }] };
    const live = { Specs: [{ Tags: [tag("b"), tag("aws:x"), tag("a")] }] };
    expect(patchOf(planChange({ facts: nested, prior: { desired }, live, desired }))).toBe("nothing");
  });

  test("as a map leave the keys of AWS alone", () => {
    const map: Facts = { writeOnly: [], tags: { path: "/Tags", shape: "map" } };
    const live = { Tags: { "aws:x": "1", a: "1" } };
    const prior = { desired: { Tags: { a: "1", "aws:x": "1" } } };
    expect(
      patchOf(planChange({ facts: map, prior, live, desired: { Tags: { "aws:x": "2", "aws:y": "1" } } })),
    ).toEqual([{ op: "remove", path: "/Tags/a" }]);
  });
});
