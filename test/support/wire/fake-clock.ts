import type { Clock } from "../../../src/wire/clock.ts";

/** A clock on which sleeping takes no time: it jumps ahead and notes how far. */
export interface FakeClock extends Clock {
  /** Every sleep so far, in ms. */
  readonly slept: number[];
  /** Lets time pass, e.g. while a request is under way. */
  advance(ms: number): void;
}

/** A clock that stands at `start` (epoch ms) until somebody sleeps. */
export function fakeClock(start = 1_800_000_000_000): FakeClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      if (signal?.aborted) return false;
      slept.push(ms);
      now += ms;
      return true;
    },
  };
}
