import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import { type Json, type Pointer, type Props, canonical, isList, isProps, valueAt } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { change, facts, model, runs, shown } from "../support/diff/arbitrary.ts";

describe("laws of what is replaced", () => {
  test("nothing is replaced but for a stated create-only value that differs by its meaning", () => {
    fc.assert(
      fc.property(change, (input) => {
        const plan = planChange(input);
        fc.pre(plan.move === "replace");
        const because = plan.move === "replace" ? plan.because : [];
        const isCause = (path: Pointer): boolean => {
          const [now, then] = [input.desired, input.prior?.desired ?? {}].map((model) =>
            valueAt(model, path),
          );
          const others = [valueAt(input.live, path), then];
          return (
            (now ?? then) !== undefined &&
            others.some(
              (value) => canonical(sortedDeep(value ?? null)) !== canonical(sortedDeep(now ?? null)),
            )
          );
        };
        expect(because.filter(({ path }) => !isCause(path))).toEqual([]);
      }),
      runs,
    );
  });

  test("lists in another order replace nothing", () => {
    fc.assert(
      fc.property(facts, model, (facts, desired) => {
        const live = shown(desired, facts.writeOnly ?? []);
        const plan = planChange({
          facts,
          prior: { desired, live },
          live,
          desired: turn(desired),
        });
        expect(plan.move).not.toBe("replace");
      }),
      runs,
    );
  });

  test.each<[string, Facts, Props]>([
    ["empty items", { createOnly: ["/A/*"] }, { A: [{}, { A: 0 }] }],
    ["items that are lists", { createOnly: ["/A/*"] }, { A: [[], ["x"], [0]] }],
    ["lists inside items", { createOnly: ["/A/*/B"] }, { A: [{ B: [0, "x"] }, { B: [false, "x"] }] }],
    [
      "items that state more and less",
      { createOnly: ["/A/*/B"] },
      { A: [{ B: {} }, { B: { C: 1 } }, { D: 1 }] },
    ],
    [
      "lists of lists",
      { createOnly: ["/A/*/*/B"] },
      {
        A: [
          [{ B: 0 }, { B: 1 }],
          [{}, "x"],
        ],
      },
    ],
    ["items that AWS alone sets", { createOnly: ["/A"], readOnly: ["/A/*/*"] }, { A: [[0], "x"] }],
  ])("lists in another order replace nothing, nor %s", (_, facts, desired) => {
    const plan = planChange({
      facts,
      prior: { desired, live: desired },
      live: desired,
      desired: turn(desired),
    });
    expect(plan.move).not.toBe("replace");
  });
});

/** A value whose lists stand in one order. */
function sortedDeep(value: Json): Json {
  if (isList(value)) return value.map((item) => canonical(sortedDeep(item))).toSorted();
  if (!isProps(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sortedDeep(inner)]));
}

/** The model with every list the other way round. */
function turn(model: Props): Props {
  const turned = reversedDeep(model);
  return isProps(turned) ? turned : {};
}

function reversedDeep(value: Json): Json {
  if (isList(value)) return value.map(reversedDeep).toReversed();
  if (!isProps(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reversedDeep(inner)]));
}
