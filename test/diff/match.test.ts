import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budget, perfectMatch } from "../../src/diff/match.ts";

describe("perfectMatch", () => {
  test("finds a pairing exactly when one exists", () => {
    const grids = fc.integer({ min: 0, max: 5 }).chain((size) =>
      fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(grids, (grid) => {
        const fits = (left: number, right: number): boolean => grid[left]?.[right] ?? false;
        const pairs = perfectMatch(grid.length, fits);
        expect(pairs !== undefined).toBe(exists(grid, 0, new Set()));
        expect(new Set(pairs).size).toBe(pairs?.length ?? 0);
        expect(pairs?.every((right, left) => fits(left, right)) ?? true).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("pairs items at the same index first", () => {
    expect(perfectMatch(3, () => true)).toEqual([0, 1, 2]);
    const table = [[1], [3], [0, 2], [0, 2]];
    expect(perfectMatch(4, (left, right) => table[left]?.includes(right) ?? false)).toEqual([1, 3, 2, 0]);
  });

  test("asks no pair twice and stops at its budget", () => {
    let asked = 0;
    const pairs = perfectMatch(1000, (left, right) => {
      asked++;
      return left + right === 999;
    });
    expect(pairs).toBeUndefined();
    expect(asked).toBe(budget);
  });

  test("moves a long chain of others aside", () => {
    const size = 200;
    const pairs = perfectMatch(size, (left, right) =>
      left === size - 1 ? right === 0 : right === left || right === left + 1,
    );
    expect(pairs).toEqual([...Array.from({ length: size - 1 }, (_, i) => i + 1), 0]);
  });
});

/** The obvious way: try every seat. */
function exists(grid: readonly (readonly boolean[])[], left: number, taken: Set<number>): boolean {
  const row = grid[left];
  if (!row) return true;
  return row.some((fits, right) => {
    if (!fits || taken.has(right)) return false;
    return exists(grid, left + 1, new Set([...taken, right]));
  });
}
