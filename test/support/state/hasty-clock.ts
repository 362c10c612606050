import type { LockClock } from "../../../src/state/index.ts";

/** A lock's time that a test lets pass. */
export interface HastyClock extends LockClock {
  pass(ms: number): void;
  /** ms that were let pass or slept away. */
  passed(): number;
}

/** A clock on which whoever sleeps wakes at once, that much later: what waits for a silent lock waits for nothing. */
export function hastyClock(): HastyClock {
  let passed = 0;
  return {
    now: () => performance.now() + passed,
    sleep: async (ms) => {
      passed += ms;
    },
    pass: (ms) => {
      passed += ms;
    },
    passed: () => passed,
  };
}
