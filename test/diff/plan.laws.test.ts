import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import {
  type Json,
  type Pointer,
  type Props,
  canonical,
  covers,
  expand,
  isList,
  isProps,
  leavesOf,
  segmentsOf,
  valueAt,
} from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { change, facts, model, runs, shown } from "../support/diff/arbitrary.ts";
import { strictly } from "../support/diff/strictly.ts";

describe("laws of planChange", () => {
  test("a patch applies strictly, and planning again after it finds nothing to do", () => {
    fc.assert(
      fc.property(change, (input) => {
        const plan = planChange(input);
        fc.pre(plan.move === "update");
        const live = shown(strictly(input.live, plan.patch), input.hidden);
        // A plan that trusted an earlier read is judged with the next one, any other without.
        const observed = input.blind || input.prior?.live ? live : undefined;
        const again = planChange({ ...input, prior: { desired: input.desired, live: observed }, live });
        expect(again.move).toBe("nothing");
      }),
      runs,
    );
  });

  test("what is created as desired needs nothing more", () => {
    fc.assert(
      fc.property(facts, model, (facts, desired) => {
        const plan = planChange({ facts, live: undefined, desired });
        const made = plan.move === "create" ? plan.desired : {};
        const again = planChange({
          facts,
          prior: { desired },
          live: shown(made, facts.writeOnly ?? []),
          desired,
        });
        expect(again.move).toBe("nothing");
      }),
      runs,
    );
  });

  test("a patch leaves what is read-only or fixed at creation as it is, list items apart", () => {
    fc.assert(
      fc.property(change, (input) => {
        const plan = planChange(input);
        fc.pre(plan.move === "update");
        const after = strictly(input.live, plan.patch);
        const fixed = [...(input.facts.readOnly ?? []), ...(input.facts.createOnly ?? [])];
        const pointers = fixed
          .flatMap((pattern) => expand(input.live, pattern))
          .filter((pointer) => isMember(after, pointer) && !inList(input.live, pointer));
        expect(pointers.map((pointer) => valueAt(after, pointer))).toEqual(
          pointers.map((pointer) => valueAt(input.live, pointer)),
        );
      }),
      runs,
    );
  });

  test("no operation names or carries a read-only place", () => {
    fc.assert(
      fc.property(change, (input) => {
        const plan = planChange(input);
        const patch = plan.move === "update" ? plan.patch : [];
        for (const operation of patch) {
          const leaves = "value" in operation ? leavesOf(operation.value, segmentsOf(operation.path)) : [];
          for (const pointer of [operation.path, ...leaves.map((leaf) => leaf.pointer)]) {
            expect(input.facts.readOnly?.filter((pattern) => covers(pattern, pointer))).toEqual([]);
          }
        }
      }),
      runs,
    );
  });

  test("no operation leads to a create-only place", () => {
    fc.assert(
      fc.property(change, (input) => {
        const plan = planChange(input);
        const patch = plan.move === "update" ? plan.patch : [];
        const { createOnly = [], readOnly = [] } = input.facts;
        const fixed = createOnly.filter((pattern) => !readOnly.some((other) => covers(other, pattern)));
        const touched = patch.filter(
          ({ path }) =>
            fixed.some((pattern) => covers(pattern, path)) && valueAt(input.live, path) !== undefined,
        );
        expect(touched).toEqual([]);
      }),
      runs,
    );
  });

  test("what may be fixed at creation is not sent again unchanged where no read shows it", () => {
    fc.assert(
      fc.property(scalars, scalars, scalars, (kept, before, after) => {
        const facts: Facts = {
          writeOnly: ["/W", "/S"],
          conditionalCreateOnly: ["/W"],
          onlyAtCreation: ["/W/x"],
        };
        const of = (n: Json): Props => ({ W: { x: kept, y: [kept] }, S: kept, N: n });
        const plan = planChange({
          facts,
          prior: { desired: of(before) },
          live: { N: before },
          desired: of(after),
        });
        const paths = plan.move === "update" ? plan.patch.map(({ path }) => path) : [];
        expect(paths).toEqual(canonical(before) === canonical(after) ? [] : ["/N", "/S"]);
      }),
    );
  });

  test("an operation on what live does not have is an add", () => {
    fc.assert(
      fc.property(change, (input) => {
        const plan = planChange(input);
        const patch = plan.move === "update" ? plan.patch : [];
        const others = patch.filter(({ op }) => op !== "add");
        expect(others.filter(({ path }) => valueAt(input.live, path) === undefined)).toEqual([]);
      }),
      runs,
    );
  });

  test("the order of keys changes nothing", () => {
    fc.assert(
      fc.property(change, (input) => {
        const outcome = (desired: Props, live: Props): unknown => {
          const plan = planChange({ ...input, desired, live });
          return [plan.move, plan.move === "update" ? canonical(strictly(live, plan.patch)) : ""];
        };
        expect(outcome(turned(input.desired), turned(input.live))).toEqual(
          outcome(input.desired, input.live),
        );
      }),
      runs,
    );
  });

  test("an adoption removes nothing that is not declared", () => {
    fc.assert(
      fc.property(change, ({ facts, live, desired }) => {
        const plan = planChange({ facts: { ...facts, invalidWhenEmpty: [] }, live, desired, adopt: true });
        const patch = plan.move === "update" ? plan.patch : [];
        expect(patch.filter(({ op }) => op === "remove")).toEqual([]);
        const after = strictly(live, patch);
        const foreign = Object.keys(live).filter((name) => !Object.hasOwn(desired, name));
        expect(foreign.map((name) => after[name])).toEqual(foreign.map((name) => live[name]));
      }),
      runs,
    );
  });

  test("an exact adoption leaves nothing that is neither declared nor fixed", () => {
    fc.assert(
      fc.property(model, model, (live, desired) => {
        const plan = planChange({ facts: {}, live, desired, adopt: { exact: true } });
        const after = plan.move === "update" ? strictly(live, plan.patch) : live;
        const second = planChange({ facts: {}, live: after, desired, adopt: { exact: true } });
        expect(second.move).toBe("nothing");
        const full = Object.keys(after).filter((name) => !isEmpty(after[name]));
        expect(full.filter((name) => !Object.hasOwn(desired, name))).toEqual([]);
      }),
      runs,
    );
  });

  test("a number or truth value written as text changes nothing where both may stand", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()), (value) => {
        const facts: Facts = { types: { "/M/*": ["number", "boolean", "string"] }, createOnly: ["/M"] };
        const [bare, text] = [{ M: { x: value } }, { M: { x: String(value) } }];
        expect(planChange({ facts, prior: { desired: bare }, live: text, desired: bare }).move).toBe(
          "nothing",
        );
        expect(planChange({ facts, prior: { desired: text }, live: bare, desired: text }).move).toBe(
          "nothing",
        );
      }),
    );
  });
});

const scalars = fc.constantFrom<Json>("a", "b", 1, 2, true);
function isEmpty(value: Json | undefined): boolean {
  return (isList(value) || isProps(value)) && Object.keys(value).length === 0;
}

/** Tells whether the object that the pointer leads into is still one: another kind of value cannot keep a member. */
function isMember(model: Json, pointer: Pointer): boolean {
  return isProps(valueAt(model, pointer.slice(0, pointer.lastIndexOf("/"))));
}
function inList(model: Json, pointer: Pointer): boolean {
  const segments = segmentsOf(pointer);
  return segments.some((_, i) => {
    const above = segments.slice(0, i).reduce<Json | undefined>((at, segment) => {
      return isList(at) ? at[Number(segment)] : isProps(at) ? at[segment] : undefined;
    }, model);
    return isList(above);
  });
}

function turned<T extends Json>(value: T): T;
function turned(value: Json): Json {
  if (isList(value)) return value.map((item) => turned(item));
  if (!isProps(value)) return value;
  const entries = Object.entries(value).map(([name, member]): [string, Json] => [name, turned(member)]);
  return Object.fromEntries(entries.toReversed());
}
