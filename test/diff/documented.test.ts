import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import { bundledFacts } from "../../src/schema/bundled.ts";
import type { Facts } from "../../src/schema/facts.ts";

const facts: Facts = {
  documented: true,
  primaryIdentifier: ["/Name"],
  createOnly: ["/Name", "/Description", "/Cfg", "/L"],
};
const planOf = (live: Props, desired: Props, before = live): Plan =>
  planChange({ facts, prior: { desired: before }, live, desired });

describe("what documentation alone calls fixed at creation", () => {
  test.each<[string, Props, Props, unknown]>([
    [
      "a text",
      { Description: "a" },
      { Description: "b" },
      [{ op: "replace", path: "/Description", value: "b" }],
    ],
    ["what is new", {}, { Description: "b" }, [{ op: "add", path: "/Description", value: "b" }]],
    ["what is dropped", { Description: "a" }, {}, [{ op: "remove", path: "/Description" }]],
    [
      "what lies below",
      { Cfg: { A: 1, B: 2 } },
      { Cfg: { A: 2, B: 2 } },
      [{ op: "replace", path: "/Cfg/A", value: 2 }],
    ],
    [
      "another list",
      { L: ["a", "b"] },
      { L: ["a", "c"] },
      [{ op: "replace", path: "/L", value: ["a", "c"] }],
    ],
  ])("is changed in place first: %s", (_, live, desired, patch) => {
    const plan = planOf(live, desired);
    expect(plan).toMatchObject({ move: "update", patch, onNotUpdatable: "replace" });
    expect(plan.warning).toContain("replaces if AWS refuses");
    expect("because" in plan && plan.because.length).toBe(1);
  });

  test("is the same in another order", () => {
    expect(planOf({ L: ["a", "b"] }, { L: ["b", "a"] })).toMatchObject({ move: "nothing" });
  });

  test("says nothing of replacing when something else is changed", () => {
    expect(planOf({ N: 1, Description: "a" }, { N: 2, Description: "a" }).warning).toBeUndefined();
  });

  test("replaces where it makes up the identifier", () => {
    expect(planOf({ Name: "a" }, { Name: "b" }).move).toBe("replace");
  });

  test("is not tried on what is only found", () => {
    const plan = planChange({
      facts,
      live: { Description: "a" },
      desired: { Description: "b" },
      adopt: true,
    });
    expect(plan).toMatchObject({ move: "fail", error: { code: "ADOPT_MISMATCH" } });
  });

  test("is not sent again where no read shows it", () => {
    const hidden: Facts = { ...facts, writeOnly: ["/Description"] };
    const prior = { desired: { Description: "a", N: 1 } };
    const plan = planChange({ facts: hidden, prior, live: { N: 1 }, desired: { Description: "a", N: 2 } });
    expect(plan).toMatchObject({ patch: [{ op: "replace", path: "/N", value: 2 }] });
  });

  test.each([
    "AWS::Location::Map",
    "AWS::Location::PlaceIndex",
    "AWS::Location::GeofenceCollection",
    "AWS::EntityResolution::SchemaMapping",
    "AWS::Connect::PhoneNumber",
  ])("never replaces a %s for its description", (type) => {
    const bundled = bundledFacts(type) ?? {};
    const plan = planChange({
      facts: bundled,
      prior: { desired: { Description: "a" } },
      live: { Description: "a" },
      desired: { Description: "b" },
    });
    expect(plan.move).toBe("update");
  });
});
