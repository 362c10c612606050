import * as fc from "fast-check";
import {
  type Durations,
  type EndedBetween,
  noDurations,
  noteEnd,
} from "../../../src/cloudcontrol/durations.ts";

/** How an operation ended: at some time between two asks, or before the first. */
export const anEnd: fc.Arbitrary<EndedBetween> = fc
  .tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(0, 0.5, 0.8, 0.9, 0.99))
  .map(([byMs, share]) => ({ afterMs: byMs * share, byMs }));

/** What some operations have taught. */
export const someDurations: fc.Arbitrary<Durations> = fc
  .array(anEnd, { maxLength: 30 })
  .map((ends) => ends.reduce(noteEnd, noDurations));
