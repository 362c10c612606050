import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noDurations, noteEnd, quantileOf } from "../../src/cloudcontrol/durations.ts";
import { pauseUntilRetry, pauseBeforeAsk } from "../../src/cloudcontrol/poll-times.ts";
import { someDurations } from "../support/cloudcontrol/durations.ts";

const anAge = fc.integer({ min: 0, max: 7_200_000 });

describe("the pause before an operation is asked for", () => {
  test.each([
    [0, 200],
    [150, 50],
    [200, 30],
    [1_000, 150],
    [20_000, 3_000],
    [60_000, 5_000],
    [3_600_000, 5_000],
  ])("%d ms into one of which nothing is known is %d ms", (elapsedMs, pause) => {
    expect(pauseBeforeAsk({ elapsedMs, durations: noDurations, isScarce: false })).toBeCloseTo(pause);
  });

  test("reaches to shortly before others have ended, and then to shortly after", () => {
    const durations = Array.from({ length: 20 }, () => ({ afterMs: 19_500, byMs: 20_500 })).reduce(
      noteEnd,
      noDurations,
    );
    const first = pauseBeforeAsk({ elapsedMs: 0, durations, isScarce: false });
    expect(first).toBeGreaterThan(18_000);
    expect(first).toBeLessThan(19_800);
    const second = first + pauseBeforeAsk({ elapsedMs: first, durations, isScarce: false });
    expect(second).toBeGreaterThan(first * 1.03);
    expect(second).toBeLessThan(20_800);
  });

  test("is longer where calls are scarce: to when most have ended, or half as long again", () => {
    expect(pauseBeforeAsk({ elapsedMs: 2_000, durations: noDurations, isScarce: true })).toBe(1_000);
    fc.assert(
      fc.property(anAge, someDurations, (elapsedMs, durations) => {
        const scarce = pauseBeforeAsk({ elapsedMs, durations, isScarce: true });
        const most = quantileOf(durations, 0.9);
        if (most !== undefined && elapsedMs + Math.max(20, elapsedMs * 0.035) <= most)
          expect(elapsedMs + scarce).toBeGreaterThanOrEqual(most - 1e-6);
      }),
    );
  });

  test("is never nothing, and never past what is known but by a share of the time waited", () => {
    fc.assert(
      fc.property(anAge, someDurations, fc.boolean(), (elapsedMs, durations, isScarce) => {
        const pause = pauseBeforeAsk({ elapsedMs, durations, isScarce });
        const longest = quantileOf(durations, 1) ?? 0;
        expect(pause).toBeGreaterThanOrEqual(20);
        const share = elapsedMs * (isScarce ? 0.5 : 0.15);
        expect(elapsedMs + pause).toBeLessThanOrEqual(Math.max(longest + 20, elapsedMs + share + 20, 200));
      }),
    );
  });

  test("asks a bounded number of times, whatever is known", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 60_000 }), someDurations, (lastsMs, durations) => {
        let [asks, elapsedMs] = [0, 0];
        for (; elapsedMs < lastsMs && asks < 1_000; asks += 1)
          elapsedMs += pauseBeforeAsk({ elapsedMs, durations, isScarce: false });
        // 3.5 % apart from 200 ms to a minute.
        expect(asks).toBeLessThanOrEqual(175);
      }),
    );
  });
});

describe("the pause that AWS asks for", () => {
  test("is until the instant that it names", () => {
    expect(pauseUntilRetry(10_000, 17_500)).toBe(7_500);
  });

  test("is none where that is past or not told, never next to nothing, nor hours", () => {
    expect(pauseUntilRetry(10_000, 9_000)).toBeUndefined();
    expect(pauseUntilRetry(10_000, undefined)).toBeUndefined();
    expect(pauseUntilRetry(10_000, 10_001)).toBe(200);
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (now, at) => {
        const pause = pauseUntilRetry(now, at) ?? 200;
        return pause >= 200 && pause <= 60_000;
      }),
    );
  });
});
