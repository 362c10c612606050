import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/plan.ts";
import type { Json, Props } from "../../src/json.ts";

const facts = {
  type: "t",
  writeOnly: ["/Snapshot", "/Restore/From"],
  onlyAtCreation: ["/Snapshot", "/Restore/From", "/Seed"],
};

describe("what only makes a resource, when one is taken over that shows it", () => {
  test.each<[string, Props, Props, string]>([
    [
      "in another form",
      { Snapshot: "Snap-1" },
      { Snapshot: "arn:aws:rds:eu:1:snapshot:snap-1" },
      "/Snapshot",
    ],
    ["with another value", { Snapshot: "snap-1" }, { Snapshot: "snap-2" }, "/Snapshot"],
    [
      "further in",
      { Restore: { From: "a", Mode: "x" } },
      { Restore: { From: "A", Mode: "x" } },
      "/Restore/From",
    ],
    ["that every read shows", { Seed: { a: 1 } }, { Seed: { a: 2 } }, "/Seed"],
    ["beside what changes", { Snapshot: "a", Size: 2 }, { Snapshot: "b", Size: 1 }, "/Snapshot"],
  ])("%s, is left and told, and never in the patch", (_, desired, live, path) => {
    for (const adopt of [true, { exact: true }]) {
      const plan = planChange({ facts, prior: undefined, live, desired, adopt });
      const patch = plan.move === "update" ? plan.patch : [];
      expect(plan.move).toBe("Size" in desired ? "update" : "nothing");
      expect(patch.filter((operation) => operation.path.startsWith(path))).toEqual([]);
      expect(plan.warning).toContain(`${path} differs, left`);
    }
  });

  test("or that is ours, and of which nobody knows what was asked, as after a takeover that failed", () => {
    const [desired, live] = [
      { Snapshot: "snap-1", Size: 2 },
      { Snapshot: "arn:snap-1", Size: 1 },
    ];
    const plan = planChange({ facts, prior: { desired: {}, live }, live, desired });
    expect(plan.move === "update" && plan.patch.map((operation) => operation.path)).toEqual(["/Size"]);
  });

  test("and is the same the next time, when it is recorded as it was asked", () => {
    const [desired, live] = [
      { Snapshot: "snap-1", Size: 1 },
      { Snapshot: "arn:snap-1", Size: 1 },
    ];
    const prior = { desired, live };
    expect(planChange({ facts, prior, live, desired }).move).toBe("nothing");
    const grown: Record<string, Json> = { ...desired, Size: 2 };
    const plan = planChange({ facts, prior, live, desired: grown });
    expect(plan.move === "update" && plan.patch.map((operation) => operation.path)).toEqual(["/Size"]);
  });
});
