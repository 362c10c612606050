import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const facts: Facts = {
  movedByAws: ["/DesiredCount", "/T/Read", "/T/Write", "/Gsi/*/T/Read", "/Routing/Weights/*"],
  unordered: ["/Gsi"],
};
const planOf = (live: Props, desired: Props, prior: Props | undefined = desired): Plan =>
  planChange({ facts, prior: { desired: prior }, live, desired });
const patchOf = (plan: Plan): unknown => (plan.move === "update" ? plan.patch : plan.move);
const gsi = (Name: string, Read: number, Kind = "ALL"): Props => ({ Name, Kind, T: { Read } });

describe("a value that AWS moves", () => {
  test.each<[string, Props, Props, readonly string[]]>([
    ["at the top", { DesiredCount: 5 }, { DesiredCount: 2 }, ["/DesiredCount"]],
    ["deeper", { T: { Read: 9, Write: 1 } }, { T: { Read: 1, Write: 1 } }, ["/T/Read"]],
    [
      "in the items of a list in another order",
      { Gsi: [gsi("b", 1), gsi("a", 50)] },
      { Gsi: [gsi("a", 1), gsi("b", 1)] },
      ["/Gsi/0/T/Read"],
    ],
    [
      "by key",
      { Routing: { Weights: { "2": 0.7 } } },
      { Routing: { Weights: { "2": 0.1 } } },
      ["/Routing/Weights/2"],
    ],
  ])("is left alone while the script asks the same: %s", (_, live, desired, paths) => {
    expect(planOf(live, desired)).toMatchObject({ move: "nothing", movedByAws: paths });
  });

  test("is left alone by other changes", () => {
    expect(
      planOf({ DesiredCount: 5, N: 1 }, { DesiredCount: 2, N: 2 }, { DesiredCount: 2, N: 1 }),
    ).toMatchObject({
      patch: [{ op: "replace", path: "/N", value: 2 }],
      movedByAws: ["/DesiredCount"],
    });
    const plan = planOf(
      { Gsi: [gsi("a", 50), gsi("b", 1)] },
      { Gsi: [gsi("a", 1), gsi("b", 1), gsi("c", 1)] },
      { Gsi: [gsi("a", 1), gsi("b", 1)] },
    );
    expect(patchOf(plan)).toEqual([
      { op: "replace", path: "/Gsi", value: [gsi("a", 50), gsi("b", 1), gsi("c", 1)] },
    ]);
  });

  test("becomes as asked when the script changes it", () => {
    expect(patchOf(planOf({ DesiredCount: 5 }, { DesiredCount: 3 }, { DesiredCount: 2 }))).toEqual([
      { op: "replace", path: "/DesiredCount", value: 3 },
    ]);
    expect(patchOf(planOf({ Gsi: [gsi("a", 50)] }, { Gsi: [gsi("a", 7)] }, { Gsi: [gsi("a", 1)] }))).toEqual([
      { op: "replace", path: "/Gsi", value: [gsi("a", 7)] },
    ]);
  });

  test("becomes as asked when it is new to the script, or taken over", () => {
    expect(patchOf(planOf({ DesiredCount: 5 }, { DesiredCount: 3 }, {}))).toHaveLength(1);
    const plan = planChange({ facts, live: { DesiredCount: 5 }, desired: { DesiredCount: 2 }, adopt: true });
    expect(patchOf(plan)).toHaveLength(1);
  });

  test("is not confused with what has drifted", () => {
    expect(planOf({ DesiredCount: 5, N: 7 }, { DesiredCount: 2, N: 1 })).toMatchObject({
      patch: [{ op: "replace", path: "/N", value: 1 }],
      movedByAws: ["/DesiredCount"],
    });
    expect("movedByAws" in planOf({ DesiredCount: 2 }, { DesiredCount: 2 })).toBe(false);
  });

  test("hides no change that the service has made of its neighbour, seen before", () => {
    const prior = { desired: { Gsi: [gsi("a", 1, "all")] }, live: { Gsi: [gsi("a", 1, "ALL")] } };
    const { desired } = prior;
    expect(planChange({ facts, prior, live: { Gsi: [gsi("a", 9, "ALL")] }, desired }).move).toBe("nothing");
    expect(planChange({ facts, prior, live: { Gsi: [gsi("a", 9, "NO")] }, desired }).move).toBe("update");
  });
});
