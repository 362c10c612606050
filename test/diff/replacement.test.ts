import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";

const orderOf = (facts: Facts, before: Props, desired: Props, live: Props = before): unknown => {
  const plan = planChange({ facts: { writeOnly: [], ...facts }, prior: { desired: before }, live, desired });
  return plan.move === "replace" ? plan.order : plan.move;
};

describe("the order of a replacement", () => {
  const named: Facts = { primaryIdentifier: ["/Name"], createOnly: ["/Name", "/Kind"] };

  test("is the schema's own, whatever the identity", () => {
    const [before, desired] = [
      { Name: "n", Kind: "a" },
      { Name: "n", Kind: "b" },
    ];
    expect(orderOf({ ...named, replacementStrategy: "create_then_delete" }, before, desired)).toBe(
      "create-first",
    );
    expect(orderOf({ ...named, replacementStrategy: "delete_then_create" }, before, { Name: "m" })).toBe(
      "delete-first",
    );
  });

  test("is delete-first when a declared identity stays", () => {
    expect(orderOf(named, { Name: "n", Kind: "a" }, { Name: "n", Kind: "b" })).toBe("delete-first");
  });

  test("is create-first when the identity changes or AWS chose the name", () => {
    expect(orderOf(named, { Name: "n" }, { Name: "m" })).toBe("create-first");
    expect(orderOf(named, { Kind: "a" }, { Kind: "b" }, { Name: "auto-1", Kind: "a" })).toBe("create-first");
  });

  test("takes a fixed path that stays for the identity where AWS makes or nobody knows the identifier", () => {
    const queue: Facts = { primaryIdentifier: ["/Url"], readOnly: ["/Url"], createOnly: ["/Name", "/Fifo"] };
    expect(orderOf(queue, { Name: "q", Fifo: false }, { Name: "q", Fifo: true })).toBe("delete-first");
    expect(orderOf(queue, { Fifo: false }, { Fifo: true })).toBe("create-first");
    expect(
      orderOf({ createOnly: ["/Name", "/Kind"] }, { Name: "n", Kind: "a" }, { Name: "n", Kind: "b" }),
    ).toBe("delete-first");
  });

  test("looks at every cause: no changed path is an identity that stays", () => {
    const facts: Facts = { createOnly: ["/Kind", "/Size"] };
    expect(orderOf(facts, { Kind: "a", Size: 1 }, { Kind: "b", Size: 2 })).toBe("create-first");
    expect(orderOf({ createOnly: ["/Kind"] }, { Kind: "a" }, { Kind: "b" })).toBe("create-first");
  });

  test("takes a declared identifier for the identity even where the facts do not call it fixed, but not a part of it", () => {
    const [before, desired] = [
      { Name: "n", Kind: "a" },
      { Name: "n", Kind: "b" },
    ];
    const whole: Facts = { primaryIdentifier: ["/Name"], createOnly: ["/Kind"] };
    const part: Facts = { primaryIdentifier: ["/Name", "/Id"], readOnly: ["/Id"], createOnly: ["/Kind"] };
    expect(orderOf(whole, before, desired)).toBe("delete-first");
    expect(orderOf(part, before, desired)).toBe("create-first");
  });

  test("is create-first when the declared part of a compound identifier changes", () => {
    const response: Facts = {
      primaryIdentifier: ["/ApiId", "/IntegrationId", "/Id"],
      readOnly: ["/Id"],
      createOnly: ["/ApiId", "/IntegrationId"],
    };
    expect(orderOf(response, { ApiId: "a", IntegrationId: "i" }, { ApiId: "b", IntegrationId: "i" })).toBe(
      "create-first",
    );
  });
});

describe("the cause of a replacement", () => {
  const facts: Facts = {
    writeOnly: [],
    createOnly: ["/Spec"],
    handlers: ["create", "read", "update", "delete"],
  };

  test("is the create-only path with both values", () => {
    const before = { Spec: { a: 1 } };
    expect(
      planChange({ facts, prior: { desired: before }, live: before, desired: { Spec: { a: 2 } } }),
    ).toMatchObject({
      move: "replace",
      desired: { Spec: { a: 2 } },
      because: [{ path: "/Spec", from: { a: 1 }, to: { a: 2 } }],
    });
  });

  test("is a create-only path that is dropped while live has it, and one stated anew that live lacks", () => {
    const stated = { Spec: { a: 1 } };
    expect(planChange({ facts, prior: { desired: stated }, live: stated, desired: {} }).move).toBe("replace");
    expect(planChange({ facts, prior: { desired: stated }, live: {}, desired: {} }).move).toBe("nothing");
    expect(planChange({ facts, prior: { desired: {} }, live: {}, desired: stated }).move).toBe("replace");
  });

  test("has a value only on the sides that have one", () => {
    const stated = { Spec: { a: 1 } };
    const because = (before: Props, live: Props, desired: Props): unknown => {
      const plan = planChange({ facts, prior: { desired: before }, live, desired });
      return plan.move === "replace" && plan.because;
    };
    expect(because(stated, stated, {})).toStrictEqual([{ path: "/Spec", from: { a: 1 } }]);
    expect(because({}, {}, stated)).toStrictEqual([{ path: "/Spec", to: { a: 1 } }]);
    expect(planChange({ facts, prior: { desired: { A: 1 } }, live: { A: 1 }, desired: { A: 2 } }).move).toBe(
      "update",
    );
  });

  test("holds no write-only value, and only the sides that have one", () => {
    const fixed: Facts = { handlers: ["create"], writeOnly: ["/Box/Key"] };
    const plan = planChange({
      facts: fixed,
      prior: { desired: { Old: 1 } },
      live: { Old: 1 },
      desired: { Box: { Key: "secret", n: 1 } },
    });
    expect(plan.move === "replace" && plan.because).toStrictEqual([
      { path: "/Old", from: 1 },
      { path: "/Box", to: { n: 1 } },
    ]);
  });

  test("is never a default that nobody declared, here or beside what is declared", () => {
    expect(planChange({ facts, prior: { desired: {} }, live: { Spec: { a: 1 } }, desired: {} }).move).toBe(
      "nothing",
    );
    const stated = { Spec: { a: 1 } };
    expect(
      planChange({ facts, prior: { desired: stated }, live: { Spec: { a: 1, z: 0 } }, desired: stated }).move,
    ).toBe("nothing");
  });

  test("is any change at all of a type without update, and none without a change", () => {
    const fixed: Facts = { writeOnly: [], handlers: ["create", "read", "delete"] };
    const [before, desired] = [{ A: { x: 1 } }, { A: { x: 2 } }];
    expect(planChange({ facts: fixed, prior: { desired: before }, live: before, desired })).toMatchObject({
      move: "replace",
      because: [{ path: "/A/x", from: 1, to: 2 }],
    });
    expect(planChange({ facts: fixed, prior: { desired }, live: desired, desired }).move).toBe("nothing");
  });

  test("is refused on adoption, naming every path", () => {
    const live = { Spec: 1, Other: 1 };
    const adopted = { ...facts, createOnly: ["/Spec", "/Other"] };
    const plan = planChange({ facts: adopted, live, desired: { Spec: 2, Other: 3 }, adopt: true });
    expect(plan).toMatchObject({
      move: "fail",
      error: {
        code: "ADOPT_MISMATCH",
        paths: ["/Spec", "/Other"],
        message: "what exists differs from what is declared where it cannot be changed: /Spec, /Other",
      },
    });
    const fixed = planChange({
      facts: { handlers: ["create"] },
      live: { A: 1 },
      desired: { A: 2 },
      adopt: true,
    });
    expect(fixed).toMatchObject({ move: "fail", error: { code: "ADOPT_MISMATCH", paths: ["/A"] } });
  });
});

describe("a path that is fixed only sometimes", () => {
  const facts: Facts = { writeOnly: [], conditionalCreateOnly: ["/Storage/Type"] };
  const live = { Storage: { Type: "gp2", Size: 1 }, N: 1 };

  test("is tried in place, told as the cause should that be refused", () => {
    const desired = { Storage: { Type: "gp3", Size: 1 }, N: 1 };
    expect(planChange({ facts, prior: { desired: live }, live, desired })).toMatchObject({
      move: "update",
      onNotUpdatable: "replace",
      because: [{ path: "/Storage/Type", from: "gp2", to: "gp3" }],
    });
  });

  test("never leads an adoption to a replacement", () => {
    const plan = planChange({ facts, live, desired: { Storage: { Type: "gp3" } }, adopt: true });
    expect(plan).toMatchObject({ move: "update", onNotUpdatable: "fail" });
  });

  test("is found above and inside what a patch writes, adds or removes", () => {
    const listed: Facts = { writeOnly: [], conditionalCreateOnly: ["/Storage", "/L/*/Engine"] };
    const there = { Storage: { Type: "gp2" }, L: [{ Size: 1 }, { Engine: "e" }], N: 1 };
    const paths = (facts: Facts, before: Props, desired: Props): unknown => {
      const plan = planChange({ facts, prior: { desired: before }, live: before, desired });
      return plan.move === "update" && plan.because.map(({ path }) => path);
    };
    expect(paths(listed, there, { ...there, Storage: { Type: "gp3" } })).toEqual(["/Storage/Type"]);
    expect(paths(listed, there, { ...there, L: [{ Size: 2 }, { Engine: "e" }] })).toEqual(["/L"]);
    expect(paths(listed, { ...there, L: [{ Size: 1 }] }, { ...there, L: [{ Size: 2 }] })).toEqual([]);
    expect(paths(facts, { N: 1 }, { N: 1, Storage: { Type: "gp2", Size: 1 } })).toEqual(["/Storage"]);
    expect(paths(facts, live, { N: 1 })).toEqual(["/Storage"]);
    expect(paths(facts, { N: 1 }, { N: 1, Storage: { Size: 1 } })).toEqual([]);
  });

  test("is not named when something else changes", () => {
    expect(planChange({ facts, prior: { desired: live }, live, desired: { ...live, N: 2 } })).toMatchObject({
      because: [],
    });
  });
});
