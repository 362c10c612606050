import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";

const facts = { writeOnly: ["/Password", "/Box/Key", "/Hooks/*/Token"] };
const drop = (before: Props, live: Props, desired: Props): Plan =>
  planChange({ facts, prior: { desired: before }, live, desired });
const left = (path: string): string =>
  `a write-only value at ${path} is no longer declared; no read shows it, so no patch can remove it`;

describe("a write-only value that is no longer declared", () => {
  test("is told by its path, for no patch can remove what a read does not show", () => {
    expect(drop({ Password: "p" }, {}, {})).toEqual({
      move: "nothing",
      warning: left("/Password"),
      unmanaged: [],
    });
  });

  test("is told beside other changes, and beside what was ignored", () => {
    const plan = planChange({
      facts: { ...facts, readOnly: ["/Arn"] },
      prior: { desired: { Password: "p", N: 1 } },
      live: { N: 1 },
      desired: { N: 2, Arn: "a" },
    });
    expect(plan).toMatchObject({
      move: "update",
      patch: [{ op: "replace", path: "/N", value: 2 }],
      warning: `/Arn is read-only and was ignored; ${left("/Password")}`,
    });
  });

  test("is removed where a read shows something of it", () => {
    const plan = drop({ Password: "p", N: 1 }, { Password: "****", N: 1 }, { N: 1 });
    expect(plan).toMatchObject({ move: "update", patch: [{ op: "remove", path: "/Password" }] });
    expect(plan.warning).toBeUndefined();
  });

  test("needs no word when it goes with the object around it", () => {
    const plan = drop({ Box: { Key: "k", n: 1 } }, { Box: { n: 1 } }, {});
    expect(plan).toMatchObject({ move: "update", patch: [{ op: "remove", path: "/Box" }] });
    expect(plan.warning).toBeUndefined();
  });

  test("inside a list goes with the list, written whole without it", () => {
    const hooks = (token: Props): Props => ({
      Hooks: [
        { Url: "a", ...token },
        { Url: "b", Token: "tb" },
      ],
    });
    const plan = drop(hooks({ Token: "ta" }), { Hooks: [{ Url: "a" }, { Url: "b" }] }, hooks({}));
    expect(plan).toMatchObject({ patch: [{ op: "replace", path: "/Hooks", value: hooks({})["Hooks"] }] });
  });

  test("of a list that is no longer declared at all, and was never shown, is told as well", () => {
    const before = { Hooks: [{ Token: "t" }] };
    expect(drop(before, {}, {})).toMatchObject({ move: "nothing", warning: left("/Hooks") });
  });

  test("of a list that declares no other is told by the path of the list", () => {
    const plan = drop(
      { Hooks: [{ Url: "a", Token: "t" }] },
      { Hooks: [{ Url: "a" }] },
      { Hooks: [{ Url: "a" }] },
    );
    expect(plan).toMatchObject({ move: "nothing", warning: left("/Hooks") });
  });
});
