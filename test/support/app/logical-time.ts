import { setImmediate } from "node:timers/promises";

/** A clock on which pauses pass only while nothing else is under way: who comes first is the same on every machine. */
export interface LogicalTime {
  readonly pause: (ms: number) => Promise<void>;
  /** Says that something is under way until it settles. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** Lets time pass until nobody waits and nothing is under way any more. */
  readonly drain: () => Promise<void>;
}

/** Makes one. */
export function logicalTime(): LogicalTime {
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let now = 0;
  let busy = 0;
  return {
    pause: (ms) => new Promise((wake) => void sleepers.push({ at: now + ms, wake })),
    during: async (work) => {
      busy += 1;
      try {
        return await work;
      } finally {
        busy -= 1;
      }
    },
    drain: async () => {
      for (let calm = 0; calm < 3 || sleepers.length > 0;) {
        await setImmediate();
        calm = busy > 0 ? 0 : calm + 1;
        if (calm < 3) continue;
        sleepers.sort((one, other) => one.at - other.at);
        const next = sleepers.shift();
        if (!next) continue;
        now = next.at;
        next.wake();
        calm = 0;
      }
    },
  };
}
