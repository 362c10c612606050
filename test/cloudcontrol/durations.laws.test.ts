import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Durations,
  merge,
  noDurations,
  noteEnd,
  quantileOf,
  remember,
  shareEndedBy,
  weightOf,
} from "../../src/cloudcontrol/durations.ts";
import { anEnd, someDurations } from "../support/cloudcontrol/durations.ts";

/** Ends that were asked for closely enough to be known. */
const known = (...seconds: number[]): Durations =>
  seconds
    .map((s) => noteEnd(noDurations, { afterMs: s * 990, byMs: s * 1_010 }))
    .reduce<Durations>(merge, noDurations);

const aDuration = fc.integer({ min: 1, max: 3_600 });

describe("what is known of durations", () => {
  test("is a sum of its parts, in whatever order operations ended", () => {
    fc.assert(
      fc.property(fc.array(aDuration, { maxLength: 20 }), fc.array(aDuration, { maxLength: 20 }), (a, b) => {
        const order = (durations: Durations): unknown =>
          durations.classes.map(([nth, weight]) => [nth, Math.round(weight * 1e6)]);
        expect(order(merge(known(...a), known(...b)))).toEqual(order(merge(known(...b), known(...a))));
        expect(weightOf(merge(known(...a), known(...b)))).toBeCloseTo(weightOf(known(...a)) + b.length, 6);
      }),
    );
  });

  test("tells the share that had ended, between nobody and all, and never fewer after longer", () => {
    fc.assert(
      fc.property(someDurations, fc.array(fc.integer({ min: 0, max: 20_000_000 })), (durations, times) => {
        const longest = quantileOf(durations, 1) ?? 0;
        const within = times.filter((ms) => ms <= longest).toSorted((a, b) => a - b);
        const shares = within.map((ms) => shareEndedBy(durations, ms));
        expect(shares).toEqual(shares.toSorted((a, b) => a - b));
        for (const share of shares) expect(share >= 0 && share <= 1 + 1e-9).toBe(true);
      }),
    );
  });

  test("says nothing of what takes longer than any other did", () => {
    expect(shareEndedBy(known(10, 10, 10), 11_000)).toBe(1);
    expect(shareEndedBy(known(10, 10, 10), 12_000)).toBe(0);
    expect(shareEndedBy(noDurations, 1_000)).toBe(0);
  });

  test("has quantiles that grow, within 4 % of what was seen", () => {
    fc.assert(
      fc.property(fc.array(aDuration, { minLength: 1, maxLength: 30 }), (seconds) => {
        const sorted = seconds.toSorted((a, b) => a - b);
        const all = known(...seconds);
        for (const share of [0.1, 0.5, 0.9, 1]) {
          const seen = (sorted[Math.ceil(sorted.length * share - 1e-9) - 1] ?? 0) * 1_000;
          expect((quantileOf(all, share) ?? 0) / seen).toBeGreaterThan(0.97);
          expect((quantileOf(all, share) ?? 0) / seen).toBeLessThan(1.07);
        }
      }),
    );
  });

  test("counts for 32 operations at most in a later run, and for less the longer ago", () => {
    fc.assert(
      fc.property(someDurations, fc.double({ min: 0, max: 20, noNaN: true }), (durations, halfLives) => {
        const later = weightOf(remember(durations, halfLives));
        expect(later).toBeLessThanOrEqual(32 * 2 ** -halfLives + 1e-9);
        expect(later).toBeLessThanOrEqual(weightOf(remember(durations)) + 1e-9);
      }),
    );
    expect(remember(known(10, 20), 40)).toEqual(noDurations);
    expect(weightOf(remember(known(...Array.from({ length: 500 }, () => 10))))).toBeCloseTo(32);
  });

  test("is asked for sooner after what had ended when it was first asked for, again and again", () => {
    let durations = known(...Array.from({ length: 30 }, () => 10));
    const firstAsks: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      const byMs = (quantileOf(durations, 0.04) ?? 0) / 1.06;
      firstAsks.push(byMs);
      durations = noteEnd(durations, { afterMs: 0, byMs });
    }
    expect(firstAsks.at(-1)).toBeLessThan(3_000);
    expect(firstAsks).toEqual(firstAsks.toSorted((a, b) => b - a));
  });

  test("is never empty nor broken after an end, whatever that was", () => {
    fc.assert(
      fc.property(someDurations, anEnd, (durations, ended) => {
        const after = noteEnd(durations, ended);
        expect(weightOf(after)).toBeGreaterThan(0.9);
        expect(after.classes.every(([nth, weight]) => Number.isInteger(nth) && weight > 0)).toBe(true);
        const order = after.classes.map(([nth]) => nth);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});
