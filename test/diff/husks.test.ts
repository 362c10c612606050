import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import type { Props } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { strictly } from "./strictly.ts";

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

  test("of an exclusive pair are told apart item by item", () => {
    const facts = { exclusive: [["/Rules/*/Text", "/Rules/*/Base64"]] };
    const live = { Rules: [{ Text: "x", Base64: "eA==" }, { Text: "y", Base64: "eQ==" }, { Text: "z" }] };
    const declared = { Rules: [{ Text: "x" }, { Base64: "eQ==" }, { Text: "z" }] };
    expect(after(facts, live, declared)).toEqual({
      N: 2,
      Rules: [{ Text: "x" }, { Base64: "eQ==" }, { Text: "z" }],
    });
  });
});
