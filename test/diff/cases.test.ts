import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type Plan, planChange } from "../../src/diff/index.ts";
import { type Json, type Pointer, type Props, canonical, covers, isList, isProps } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { strictly } from "../support/diff/strictly.ts";

interface Case {
  readonly name: string;
  readonly schema: Facts;
  readonly lastApplied: Props | null;
  readonly lastObserved?: Props;
  readonly live: Props | null;
  readonly desired: Props;
  readonly adopt?: boolean;
  readonly script?: readonly string[];
  readonly expected: {
    readonly action: "noop" | "create" | "update" | "replace" | "fail";
    readonly error?: string;
    readonly warning?: string;
    readonly patchMustTransformTo?: Props;
    readonly patchMustNotTouch?: readonly Pointer[];
    readonly replaceBecause?: readonly string[];
    readonly replaceOrder?: "create_then_delete" | "delete_then_create";
    readonly onNotUpdatable?: "replace" | "fail";
  };
}

/** The cases speak of meanings; these are our words for them. */
const moves = {
  noop: "nothing",
  create: "create",
  update: "update",
  replace: "replace",
  fail: "fail",
} as const;
const orders = { create_then_delete: "create-first", delete_then_create: "delete-first" } as const;
const codes: Record<string, string> = {
  NotUpdatableThroughCloudControl: "NOT_UPDATABLE",
  AdoptionMismatch: "ADOPT_MISMATCH",
};
/** Where a case gives a reason in words, what we name is the path that would have changed. */
const reasons: Record<string, string> = { "no update handler": "/MonitoringSubscription/A" };

const file = resolve(import.meta.dirname, "../../../shared/cases/patch-cases.json");
const known = existsSync(file);
const all: readonly Case[] = known ? JSON.parse(readFileSync(file, "utf8")) : [];
const cases = all.filter((one) => !one.script);

const planOf = ({ schema, lastApplied, lastObserved, live, desired, adopt }: Case): Plan =>
  planChange({
    facts: schema,
    prior: lastApplied ? { desired: lastApplied, ...(lastObserved && { live: lastObserved }) } : undefined,
    live: live ?? undefined,
    desired,
    ...(adopt === undefined ? {} : { adopt }),
  });

describe.skipIf(!known)("the shared cases (absent: ../shared/cases/patch-cases.json)", () => {
  test("there are 33 of them", () => {
    expect(cases).toHaveLength(33);
  });

  test.each(cases)("$name", (one) => {
    const plan = planOf(one);
    const patch = "patch" in plan ? plan.patch : [];
    const touched = patch.filter(({ path }) =>
      one.expected.patchMustNotTouch?.some((pointer) => covers(path, pointer)),
    );
    expect(touched).toEqual([]);
    expect({
      warning: plan.warning,
      move: plan.move,
      error: "error" in plan ? plan.error.code : undefined,
      reached: sorted(strictly(one.live ?? {}, patch), one.schema.unordered),
      ...("because" in plan && { because: plan.because.map(({ path }) => path) }),
      ...("order" in plan && { order: plan.order }),
      ...("onNotUpdatable" in plan && { onNotUpdatable: plan.onNotUpdatable }),
    }).toMatchObject(wantedOf(one));
  });
});

/** What a case expects, in our words; what it does not speak of is left out. */
function wantedOf({ expected, live, schema }: Case): object {
  const reached = expected.patchMustTransformTo ?? live ?? {};
  return {
    warning: expected.warning,
    move: moves[expected.action],
    error: expected.error && codes[expected.error],
    reached: sorted(reached, schema.unordered),
    ...(expected.replaceBecause && {
      because: expected.replaceBecause.map((reason) => reasons[reason] ?? reason),
    }),
    ...(expected.replaceOrder && { order: orders[expected.replaceOrder] }),
    ...(expected.onNotUpdatable && { onNotUpdatable: expected.onNotUpdatable }),
  };
}

/** A model whose unordered lists stand in one order, to be compared as multisets. */
function sorted(model: Props, unordered: readonly Pointer[] = []): Json {
  const members = Object.entries(model).map(([name, value]): [string, Json] => [
    name,
    isList(value) && unordered.includes(`/${name}`)
      ? value.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
      : isProps(value)
        ? sorted(value)
        : value,
  ]);
  return Object.fromEntries(members);
}
