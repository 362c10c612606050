import { describe, expect, test } from "vitest";
import { planChange } from "../../src/diff/index.ts";
import { type Json, type Pointer, type Props, covers, isProps, segmentsOf } from "../../src/json.ts";
import type { Facts } from "../../src/schema/facts.ts";
import { hasRegistry, pairs } from "../support/generated/registry.ts";

/** A model that holds one value at a pointer, and nothing else. */
function holding(pointer: Pointer, value: Json): Props {
  const model = segmentsOf(pointer).reduceRight<Json>(
    (inner, segment) => (segment === "*" ? [inner] : { [segment]: inner }),
    value,
  );
  return isProps(model) ? model : {};
}

const replaces = (facts: Facts, pointer: Pointer): boolean =>
  planChange({
    facts,
    prior: { desired: holding(pointer, "a"), live: holding(pointer, "a") },
    live: holding(pointer, "a"),
    desired: holding(pointer, "b"),
  }).move === "replace";

const isCovered = (patterns: readonly Pointer[] = [], pointer: Pointer): boolean =>
  patterns.some((pattern) => covers(pattern, pointer));

describe.skipIf(!hasRegistry)("where DescribeType is refused (absent: ../shared/schemas)", () => {
  test("no path replaces that the registry does not call create-only", { timeout: 120_000 }, () => {
    const wrong = pairs().flatMap(({ type, told, carried }) =>
      (carried.createOnly ?? [])
        .filter((pointer) => !isCovered(told.createOnly, pointer))
        .map((pointer) => ({ type, pointer, carried })),
    );
    const replaced = wrong.filter(({ carried, pointer }) => replaces(carried, pointer));
    const before = wrong.filter(({ carried, pointer }) =>
      replaces({ ...carried, documented: false }, pointer),
    );
    expect(before.length).toBeGreaterThan(100);
    expect(replaced.map(({ type, pointer }) => `${type} ${pointer}`)).toEqual([]);
  });
});
