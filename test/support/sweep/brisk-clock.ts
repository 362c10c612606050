import { setImmediate } from "node:timers/promises";
import { type Clock, systemClock } from "../../../src/wire/clock.ts";

/** Longer sleeps are time limits, which somebody ends early. */
const longestJump = 4_999;

/** A clock that jumps over pauses, but lets time limits run as long as they say. */
export function briskClock(): Clock {
  let jumped = 0;
  return {
    now: () => Date.now() + jumped,
    sleep: async (ms, signal) => {
      if (ms > longestJump) return systemClock.sleep(ms, signal);
      jumped += ms;
      await setImmediate();
      return signal?.aborted !== true;
    },
  };
}
