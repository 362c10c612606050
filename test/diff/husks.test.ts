import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { strictly } from "../support/diff/strictly.ts";

/** What live becomes when `N` goes from 1 to 2 and all else stays declared as before. */
function after(facts: Facts, live: Props, declared: Props = {}): Props {
  const there = { N: 1, ...live };
  const plan = planChange({
    facts: { writeOnly: [], ...facts },
    prior: { desired: { N: 1, ...declared } },
    live: there,
    desired: { N: 2, ...declared },
  });
  return strictly(there, plan.move === "update" ? plan.patch : []);
}

describe("husks that a read injects", () => {
  test("cause no patch of their own", () => {
    const facts = { invalidWhenEmpty: ["/Empty"], exclusive: [["/A", "/B"]] };
    const plan = planChange({
      facts,
      prior: { desired: {} },
      live: { Empty: [], A: 1, B: 1, Null: null },
      desired: {},
    });
    expect(plan.move).toBe("nothing");
  });

  test("go with a patch: empty where nothing may be empty, and null", () => {
    const facts = { invalidWhenEmpty: ["/Empty", "/Deep/*/Void"] };
    const live = { Empty: [], Kept: [], Null: null, Deep: { a: { Void: {}, x: 1 } } };
    expect(after(facts, live)).toEqual({ N: 2, Kept: [], Deep: { a: { x: 1 } } });
  });

  test("are empty: what holds something, or is declared empty, stays", () => {
    const facts = { invalidWhenEmpty: ["/List", "/Object", "/Text"] };
    const live = { List: [1], Object: { a: 1 }, Text: "" };
    expect(after(facts, live)).toEqual({ N: 2, ...live });
    expect(after(facts, { Box: 1, Object: {} }, { Object: {} })).toEqual({ N: 2, Box: 1, Object: {} });
  });

  test("go from the items of a list too, where the facts speak of these", () => {
    const facts = { invalidWhenEmpty: ["/L/*/Void"] };
    expect(after(facts, { L: [{ Void: [], x: 1 }, { Void: [1] }] })).toEqual({
      N: 2,
      L: [{ x: 1 }, { Void: [1] }],
    });
    expect(after(facts, { Other: [{ a: null }] })).toEqual({ N: 2, Other: [{ a: null }] });
  });

  test("stay where they are read-only or fixed at creation", () => {
    const facts = { invalidWhenEmpty: ["/Id", "/Key"], readOnly: ["/Id"], createOnly: ["/Key"] };
    expect(after(facts, { Id: [], Key: {} })).toEqual({ N: 2, Id: [], Key: {} });
    expect(after(facts, { Id: null, Key: null })).toEqual({ N: 2, Id: null, Key: null });
  });

  test("of an exclusive pair leave the declared one, else the first", () => {
    const facts = { exclusive: [["/M/Text", "/M/Base64"]] };
    const live = { M: { Text: "x", Base64: "eA==" } };
    expect(after(facts, live, { M: { Base64: "eA==" } })).toEqual({ N: 2, M: { Base64: "eA==" } });
    expect(after(facts, live)).toEqual({ N: 2, M: { Text: "x" } });
  });

  test("of an exclusive pair leave the kind that is declared elsewhere in the list, when its order tells nothing", () => {
    const facts = { exclusive: [["/Rules/*/Text", "/Rules/*/Base64"]], unordered: ["/Rules"] };
    const live = { Rules: [{ Name: "b", Text: "x", Base64: "eA==" }, { Name: "a" }] };
    const declared = { Rules: [{ Name: "a" }, { Name: "b", Base64: "eA==" }] };
    expect(after(facts, live, declared)).toEqual({
      N: 2,
      Rules: [{ Name: "b", Base64: "eA==" }, { Name: "a" }],
    });
  });

  test("of an exclusive pair are told apart item by item", () => {
    const facts = { exclusive: [["/Rules/*/Text", "/Rules/*/Base64"]] };
    const foreign = {
      Rules: [
        { Text: "x", Base64: "eA==" },
        { Text: "y", Base64: "eQ==" },
      ],
    };
    expect(after(facts, foreign)).toEqual({ N: 2, Rules: [{ Text: "x" }, { Text: "y" }] });
    // The service sets its ids again: a patch may not write them.
    const ids = { Rules: [{ Id: "1", Text: "x", Base64: "eA==" }] };
    expect(after({ ...facts, readOnly: ["/Rules/*/Id"] }, ids)).toEqual({ N: 2, Rules: [{ Text: "x" }] });
    const live = { Rules: [{ Text: "x", Base64: "eA==" }, { Text: "y", Base64: "eQ==" }, { Text: "z" }] };
    const declared = { Rules: [{ Text: "x" }, { Base64: "eQ==" }, { Text: "z" }] };
    expect(after(facts, live, declared)).toEqual({
      N: 2,
      Rules: [{ Text: "x" }, { Base64: "eQ==" }, { Text: "z" }],
    });
  });
});
