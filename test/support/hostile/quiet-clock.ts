import diagnostics from "node:diagnostics_channel";
import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../src/wire/clock.ts";

/** A clock that stands still while anything is under way, and jumps to the next end of a pause when nothing is. */
export interface QuietClock extends Clock {
  /** Lets time pass outside any run, in ms. */
  readonly pass: (ms: number) => void;
}

interface Sleeper {
  readonly at: number;
  readonly wake: (isOver: boolean) => void;
}

/** So many turns of the event loop without a request under way, and nothing is. */
const calmTurns = 4;

/** Makes one. Requests are counted by Node itself, so that a client needs no hook. */
export function quietClock(startedAt: number): QuietClock {
  const sleepers = new Set<Sleeper>();
  let now = startedAt;
  let underWay = 0;
  let isWatching = false;
  diagnostics.subscribe("http.client.request.start", () => (underWay += 1));
  diagnostics.subscribe("http.client.response.finish", () => (underWay -= 1));
  diagnostics.subscribe("http.client.request.error", () => (underWay -= 1));

  const watch = async (): Promise<void> => {
    if (isWatching) return;
    isWatching = true;
    for (let calm = 0; sleepers.size > 0;) {
      await setImmediate();
      calm = underWay > 0 ? 0 : calm + 1;
      if (calm < calmTurns) continue;
      const [next] = [...sleepers].toSorted((a, b) => a.at - b.at);
      if (!next) break;
      sleepers.delete(next);
      now = Math.max(now, next.at);
      next.wake(true);
      calm = 0;
    }
    isWatching = false;
  };
  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve(false);
        const sleeper = { at: now + ms, wake: resolve };
        const end = (): void => {
          if (sleepers.delete(sleeper)) resolve(false);
        };
        signal?.addEventListener("abort", end, { once: true });
        sleepers.add(sleeper);
        void watch();
      }),
  };
}
