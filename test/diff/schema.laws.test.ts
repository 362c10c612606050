import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import { isSameByMeaning } from "../../src/diff/same.ts";
import { meaningText } from "../../src/diff/meaning.ts";
import {
  type Json,
  type Pointer,
  type Props,
  covers,
  expand,
  isList,
  isProps,
  valueAt,
  withValueAt,
} from "../../src/json.ts";
import { placesOf } from "../../src/diff/place.ts";
import { withoutUnshown } from "../../src/diff/write-only.ts";
import { runs, shown } from "../support/diff/arbitrary.ts";
import { type Story, story } from "../support/diff/arbitrary-schema.ts";
import { strictly } from "../support/diff/strictly.ts";

const visible = ({ facts }: Story, model: Props): Props => shown(model, facts.writeOnly ?? []);

/** What a deploy plans after a run that made what was asked before; `there` is what somebody has made of it since. */
function planOf(story: Story, { facts, before, there, desired } = story): Plan {
  const live = visible(story, there);
  return planChange({ facts, prior: { desired: before, live: visible(story, before) }, live, desired });
}

/** Where something is fixed at creation, in any of the models. */
const fixedIn = ({ facts }: Story, ...models: readonly Props[]): Pointer[] => [
  ...new Set(models.flatMap((model) => (facts.createOnly ?? []).flatMap((at) => expand(model, at)))),
];

/** What a service has after a patch: what was there, shown or not, with what was sent. */
function applied({ facts }: Story, { before, there }: Story, plan: Plan): Props {
  if (plan.move !== "update") return there;
  const hidden = (facts.writeOnly ?? []).flatMap((at) => expand(before, at));
  const kept = hidden.reduce<Props>(
    (model, at) => {
      const next = withValueAt(model, at, valueAt(before, at));
      return isProps(next) ? next : model;
    },
    strictly(shown(there, facts.writeOnly ?? []), plan.patch),
  );
  return kept;
}

/** The model without what says nothing: absent and empty are one where something is fixed. */
function pruned(model: Props): Props {
  const prune = (value: Json): Json | undefined => {
    if (isList(value))
      return value.length === 0 ? undefined : value.map((item) => prune(item) ?? (isProps(item) ? {} : item));
    if (!isProps(value)) return value ?? undefined;
    const kept = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
      const left = prune(member);
      return left === undefined ? [] : [[name, left]];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  };
  const left = prune(model);
  return isProps(left) ? left : {};
}

describe("laws over random schemas with unions, maps, definitions and places that are hidden or fixed", () => {
  test("no operation names or carries a place that is fixed at creation, where it is to stay", () => {
    fc.assert(
      fc.property(story, (story) => {
        const plan = planOf(story);
        fc.pre(plan.move === "update");
        const live = visible(story, story.there);
        const after = strictly(live, plan.patch);
        const inLists = (at: Pointer): boolean => /\/\d+(\/|$)/.test(at);
        const fixed = fixedIn(story, live, after).filter((at) => !inLists(at));
        const touched = fixed.filter((at) => plan.patch.some(({ path }) => covers(at, path)));
        expect(touched).toEqual([]);
        const moved = fixed.filter(
          (at) => meaningText(valueAt(after, at) ?? null) !== meaningText(valueAt(live, at) ?? null),
        );
        expect(moved).toEqual([]);
      }),
      runs,
    );
  });

  test("nothing is replaced but for a stated create-only value that differs by meaning", () => {
    fc.assert(
      fc.property(story, (story) => {
        const plan = planOf(story);
        fc.pre(plan.move === "replace");
        const isCause = ({ path }: { readonly path: Pointer }): boolean => {
          // Of items a list counts as a whole: it has no telling which of them has become which.
          const at = path.replace(/\/\d+(\/.*)?$/, "");
          const [now, then, there] = [story.desired, story.before, story.there].map((model) =>
            valueAt(model, at),
          );
          if (now === undefined && then === undefined) return false;
          const text = meaningText(now ?? null);
          return text !== meaningText(then ?? null) || text !== meaningText(there ?? null);
        };
        const because = plan.move === "replace" ? plan.because : [];
        expect(because.length).toBeGreaterThan(0);
        expect(because.filter((one) => !isCause(one))).toEqual([]);
      }),
      runs,
    );
  });

  test("what nobody has changed is neither replaced nor updated", () => {
    fc.assert(
      fc.property(story, ({ facts, before }) => {
        const same: Story = { facts, before, there: before, desired: before };
        expect(planOf(same).move).toBe("nothing");
      }),
      runs,
    );
  });

  test("after an update live is as asked, or the plan has said what is not", () => {
    fc.assert(
      fc.property(story, (story) => {
        const plan = planOf(story);
        fc.pre(plan.move === "update" || plan.move === "nothing");
        const { facts, desired } = story;
        // What no read shows and is fixed in an item of a list can be given to no item that is new.
        fc.pre(
          !(facts.createOnly ?? []).some((at) => at.includes("/*")) || (facts.writeOnly ?? []).length === 0,
        );
        const after =
          plan.move === "update" ? strictly(visible(story, story.there), plan.patch) : story.there;
        const place = placesOf(facts);
        const around = { model: desired, owner: undefined };
        const isReached = isSameByMeaning(
          place,
          pruned(withoutUnshown(place, desired)),
          pruned(shown(after, facts.writeOnly ?? [])),
          around,
        );
        expect(isReached || plan.warning !== undefined).toBe(true);
      }),
      runs,
    );
  });

  test("planning again after what was done finds nothing to do", () => {
    fc.assert(
      fc.property(story, (story) => {
        const plan = planOf(story);
        fc.pre(plan.move === "update");
        const live = visible(story, applied(story, story, plan));
        const { facts, desired } = story;
        const again = planChange({ facts, prior: { desired, live }, live, desired });
        expect(again.move).toBe("nothing");
      }),
      runs,
    );
  });

  test("an adoption fails or ends as asked, and never asks for a replacement", () => {
    fc.assert(
      fc.property(story, (story) => {
        const live = visible(story, story.there);
        const { facts, desired } = story;
        const plan = planChange({ facts, live, desired, adopt: true });
        expect(["nothing", "update", "fail"]).toContain(plan.move);
        fc.pre(plan.move === "update");
        if (plan.move === "update") {
          expect(plan.onNotUpdatable).toBe("fail");
          const after = visible(story, strictly(live, plan.patch));
          const again = planChange({ facts, prior: { desired, live: after }, live: after, desired });
          expect(again.move).toBe("nothing");
        }
      }),
      runs,
    );
  });
});
