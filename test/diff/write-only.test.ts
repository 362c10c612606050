import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import { strictly } from "../support/diff/strictly.ts";

const patchOf = (plan: Plan): unknown => (plan.move === "update" ? plan.patch : plan.move);

describe("write-only values", () => {
  test("go with any change, in the smallest container that a patch can name", () => {
    const facts = { writeOnly: ["/A/B/Secret", "/Data"] };
    const desired = { A: { B: { Secret: "s", n: 1 } }, Data: { x: 1 }, N: 2 };
    const live = { A: { B: { n: 1 } }, N: 1 };
    expect(patchOf(planChange({ facts, prior: { desired: { ...desired, N: 1 } }, live, desired }))).toEqual([
      { op: "replace", path: "/N", value: 2 },
      { op: "add", path: "/A/B/Secret", value: "s" },
      { op: "add", path: "/Data", value: { x: 1 } },
    ]);
  });

  test("are a change of their own when the script asks for another value", () => {
    const facts = { writeOnly: ["/Password"] };
    const plan = planChange({
      facts,
      prior: { desired: { Password: "a" } },
      live: {},
      desired: { Password: "b" },
    });
    expect(patchOf(plan)).toEqual([{ op: "add", path: "/Password", value: "b" }]);
  });

  test("are sent once where nothing was recorded of them", () => {
    const facts = { writeOnly: ["/Password"] };
    expect(patchOf(planChange({ facts, live: {}, desired: { Password: "b" }, adopt: true }))).toEqual([
      { op: "add", path: "/Password", value: "b" },
    ]);
  });

  test("are never written with replace, even where live shows a mask", () => {
    const facts = { writeOnly: ["/Password"] };
    const live = { Password: "****", N: 1 };
    const desired = { Password: "p", N: 2 };
    expect(patchOf(planChange({ facts, prior: { desired: { ...desired, N: 1 } }, live, desired }))).toEqual([
      { op: "replace", path: "/N", value: 2 },
      { op: "add", path: "/Password", value: "p" },
    ]);
  });

  test("find their items in a list whose order has no meaning, and keep the service's defaults there", () => {
    const facts = { writeOnly: ["/Hooks/*/Token"], unordered: ["/Hooks"] };
    const hooks = [
      { Url: "a", Token: "ta" },
      { Url: "b", Token: "tb" },
    ];
    const live = {
      N: 1,
      Hooks: [
        { Url: "b", Retries: 3 },
        { Url: "a", Retries: 3 },
      ],
    };
    const plan = planChange({
      facts,
      prior: { desired: { N: 1, Hooks: hooks } },
      live,
      desired: { N: 2, Hooks: hooks },
    });
    expect(plan.move === "update" && strictly(live, plan.patch)).toEqual({
      N: 2,
      Hooks: [
        { Url: "b", Retries: 3, Token: "tb" },
        { Url: "a", Retries: 3, Token: "ta" },
      ],
    });
  });

  test("are matched among a thousand items", () => {
    const facts = { writeOnly: ["/Hooks/*/Token"], unordered: ["/Hooks"] };
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    const hooks = numbers.map((i) => ({ Url: `u${i}`, Token: `t${i}` }));
    const live = { N: 1, Hooks: numbers.toReversed().map((i) => ({ Url: `u${i}` })) };
    const plan = planChange({
      facts,
      prior: { desired: { Hooks: hooks, N: 1 } },
      live,
      desired: { Hooks: hooks, N: 2 },
    });
    expect(plan.move === "update" && strictly(live, plan.patch)).toEqual({ N: 2, Hooks: hooks.toReversed() });
  });

  test("in another order are no change where order has no meaning", () => {
    const facts = { writeOnly: ["/Hooks/*/Token"], unordered: ["/Hooks"] };
    const [a, b] = [
      { Url: "a", Token: "ta" },
      { Url: "b", Token: "tb" },
    ];
    const live = { Hooks: [{ Url: "a" }, { Url: "b" }] };
    expect(
      patchOf(planChange({ facts, prior: { desired: { Hooks: [a, b] } }, live, desired: { Hooks: [b, a] } })),
    ).toBe("nothing");
  });

  test("inside a list are a change of their own as well", () => {
    const facts = { writeOnly: ["/Hooks/*/Token"] };
    const live = { Hooks: [{ Url: "a" }] };
    const of = (token: string): { Hooks: { Url: string; Token: string }[] } => ({
      Hooks: [{ Url: "a", Token: token }],
    });
    expect(patchOf(planChange({ facts, prior: { desired: of("1") }, live, desired: of("1") }))).toBe(
      "nothing",
    );
    expect(patchOf(planChange({ facts, prior: { desired: of("1") }, live, desired: of("2") }))).toEqual([
      { op: "replace", path: "/Hooks", value: [{ Url: "a", Token: "2" }] },
    ]);
  });

  test("that are required are in every patch of a launch template", () => {
    const facts = {
      writeOnly: ["/LaunchTemplateData"],
      required: ["/LaunchTemplateData"],
      createOnly: ["/Name"],
    };
    const desired = { Name: "t", LaunchTemplateData: { ImageId: "ami-1" }, VersionDescription: "2" };
    const prior = { desired: { ...desired, VersionDescription: "1" } };
    const plan = planChange({ facts, prior, live: { Name: "t", VersionDescription: "1" }, desired });
    expect(patchOf(plan)).toContainEqual({
      op: "add",
      path: "/LaunchTemplateData",
      value: { ImageId: "ami-1" },
    });
  });
});

describe("write-only and create-only values", () => {
  const facts = { writeOnly: ["/Seed", "/Box/Key"], createOnly: ["/Seed", "/Box/Key"] };
  const before = { Seed: "s", Box: { Key: "k", n: 1 } };

  test("replace when they change or are dropped, and their values are not told", () => {
    const live = { Box: { n: 1 } };
    const changed = planChange({
      facts,
      prior: { desired: before },
      live,
      desired: { ...before, Seed: "t" },
    });
    expect(changed).toMatchObject({ move: "replace", because: [{ path: "/Seed" }] });
    expect("because" in changed && changed.because).toEqual([{ path: "/Seed" }]);
    expect(
      planChange({ facts, prior: { desired: before }, live, desired: { Seed: "s", Box: { n: 1 } } }),
    ).toMatchObject({
      move: "replace",
      because: [{ path: "/Box/Key" }],
    });
  });

  test("are never sent again", () => {
    const desired = { Seed: "s", Box: { Key: "k", n: 2 } };
    expect(
      patchOf(planChange({ facts, prior: { desired: before }, live: { Box: { n: 1 } }, desired })),
    ).toEqual([{ op: "replace", path: "/Box/n", value: 2 }]);
    expect(patchOf(planChange({ facts, prior: { desired: before }, live: {}, desired: before }))).toEqual([
      { op: "add", path: "/Box", value: { n: 1 } },
    ]);
  });

  test("that are required leave no way to update", () => {
    const stuck = { ...facts, required: ["/Seed"] };
    const desired = { ...before, N: 1 };
    expect(
      planChange({ facts: stuck, prior: { desired: before }, live: { Box: { n: 1 } }, desired }),
    ).toMatchObject({
      move: "fail",
      error: {
        code: "NOT_UPDATABLE",
        paths: ["/Seed"],
        message:
          "cannot be updated through Cloud Control: /Seed must be in every update, is never shown by a read and may " +
          "not be sent again; change it in the service itself, or replace it (replace: true, --replace)",
      },
    });
    expect(
      planChange({ facts: stuck, prior: { desired: before }, live: { Box: { n: 1 } }, desired: before }).move,
    ).toBe("nothing");
  });
});

describe("where nothing is known of write-only paths", () => {
  const desired = { Code: { Bucket: "b" }, N: 1 };

  test("a path that was applied and is never shown is no change of its own", () => {
    expect(planChange({ facts: {}, prior: { desired, live: { N: 1 } }, live: { N: 1 }, desired }).move).toBe(
      "nothing",
    );
    expect(planChange({ facts: {}, prior: { desired }, live: { N: 1 }, desired }).move).toBe("nothing");
  });

  test("it goes with other changes", () => {
    const plan = planChange({ facts: {}, prior: { desired }, live: { N: 1 }, desired: { ...desired, N: 2 } });
    expect(patchOf(plan)).toEqual([
      { op: "replace", path: "/N", value: 2 },
      { op: "add", path: "/Code", value: { Bucket: "b" } },
    ]);
  });

  test("one that was shown before and is gone now is drift", () => {
    const prior = { desired, live: desired };
    expect(patchOf(planChange({ facts: {}, prior, live: { N: 1 }, desired }))).toEqual([
      { op: "add", path: "/Code", value: { Bucket: "b" } },
    ]);
  });

  test("a create-only path that live does not show contradicts nobody, unless the script now asks otherwise", () => {
    const facts = { createOnly: ["/Seed"] };
    const asked = { Seed: "a" };
    expect(planChange({ facts, live: {}, desired: asked, adopt: true }).move).toBe("nothing");
    expect(planChange({ facts, prior: { desired: asked }, live: {}, desired: asked }).move).toBe("nothing");
    expect(planChange({ facts, prior: { desired: asked }, live: {}, desired: { Seed: "b" } }).move).toBe(
      "replace",
    );
  });

  test("a service that never shows an applied value is believed even against its schema", () => {
    const facts = { writeOnly: [] };
    const prior = { desired, live: { N: 1 } };
    expect(planChange({ facts, prior, live: { N: 1 }, desired }).move).toBe("nothing");
    expect(planChange({ facts, prior: { desired }, live: { N: 1 }, desired }).move).toBe("update");
  });
});
