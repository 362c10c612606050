import * as fc from "fast-check";

const seed = 20_261_121;

/** So many instants from 0 to `longestMs`, the same in every run. */
export function instants(count: number, longestMs: number): readonly number[] {
  return fc.sample(fc.integer({ min: 0, max: longestMs }), { seed, numRuns: count });
}
