import * as fc from "fast-check";

/** A statement of a program: pauses, each before one declaration, and whether the next statement waits for it. */
export interface Branch {
  readonly isAwaited: boolean;
  readonly pauses: readonly number[];
}

/** Statements whose pauses are at most so many ms. */
export const branchOf = (longestMs: number): fc.Arbitrary<Branch> =>
  fc.record({
    isAwaited: fc.boolean(),
    pauses: fc.array(fc.integer({ min: 0, max: longestMs }), { minLength: 1, maxLength: 3 }),
  });
