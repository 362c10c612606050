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

  test("that are doubled on one side, without a key or of another kind are compared as the values they are", () => {
    const doubled = [tag("a"), tag("a", "2")];
    expect(decide([tag("a")], [tag("a")], doubled)).toEqual([
      { op: "replace", path: "/Tags", value: doubled },
    ]);
    expect(decide([], doubled, [tag("a")])).toEqual([{ op: "replace", path: "/Tags", value: [tag("a")] }]);
    expect(decide(doubled, [tag("a"), tag("x")], [tag("a")])).toBe("nothing");
    const keyless = [{ Value: "x" }, { Value: "y" }];
    expect(decide(keyless, keyless.toReversed(), keyless)).toBe("nothing");
    const map = { Tags: { a: "1" } };
    const plan = planChange({ facts, prior: { desired: map }, live: map, desired: { Tags: [tag("a")] } });
    expect(patchOf(plan)).toEqual([{ op: "replace", path: "/Tags", value: [tag("a")] }]);
  });

  test("have the key that the facts name, else Key", () => {
    for (const key of ["TagKey", undefined]) {
      const named: Facts = { writeOnly: [], tags: { path: "/Tags", shape: "array", ...(key && { key }) } };
      const [a, b] = ["a", "b"].map((name) => ({ [key ?? "Key"]: name, Value: "1" }));
      const live = { Tags: [b ?? {}, a ?? {}] };
      const desired = { Tags: [a ?? {}] };
      expect(patchOf(planChange({ facts: named, prior: { desired }, live, desired }))).toBe("nothing");
    }
  });

  test("that are fixed at creation and as desired need no replacement", () => {
    const fixed: Facts = { ...facts, createOnly: ["/Tags"] };
    const live = { Tags: [tag("b"), tag("a")] };
    const desired = { Tags: [tag("a"), tag("b")] };
    expect(planChange({ facts: fixed, prior: { desired }, live, desired }).move).toBe("nothing");
    expect(
      planChange({ facts: fixed, prior: { desired }, live, desired: { Tags: [tag("a", "2")] } }).move,
    ).toBe("replace");
  });

  test("inside other lists are compared by key", () => {
    const nested: Facts = { writeOnly: [], tags: { path: "/Specs/*/Tags", shape: "array", key: "Key" } };
    const desired = { Specs: [{ Tags: [tag("a"), tag("b"), tag("aws:mine")] }] };
    const live = { Specs: [{ Tags: [tag("b"), tag("aws:x"), tag("a")] }] };
    expect(patchOf(planChange({ facts: nested, prior: { desired }, live, desired }))).toBe("nothing");
    const moved = (...tags: Props[]): string =>
      planChange({ facts: nested, prior: { desired }, live: { Specs: [{ Tags: tags }] }, desired }).move;
    expect(moved(tag("b"), tag("a", "2"))).toBe("update");
    expect(moved(tag("b"))).toBe("update");
    expect(moved(tag("a"), tag("a"), tag("b"))).toBe("update");
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
