import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../src/wire/clock.ts";

/** A clock on which hours pass in moments, the same on every machine: it moves only while everybody sleeps. */
export interface SimulatedTime extends Clock {
  /** Says that something real is under way, such as a request, until the function it returns is called. */
  begin(): () => void;
  /** Lets time pass until the work has settled, and resolves or rejects as it does. */
  run<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Makes one that stands at `start` (epoch ms). */
export function simulatedTime(start = 1_800_000_000_000): SimulatedTime {
  // Who wakes first stands last.
  const sleepers: Sleeper[] = [];
  let now = start;
  let busy = 0;
  const add = (sleeper: Sleeper): void => {
    let [from, to] = [0, sleepers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sleepers[middle]?.at ?? 0) > sleeper.at) from = middle + 1;
      else to = middle;
    }
    sleepers.splice(from, 0, sleeper);
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve(false);
      const stop = (): void => {
        const place = sleepers.indexOf(sleeper);
        if (place >= 0) sleepers.splice(place, 1);
        resolve(false);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve(true);
      };
      const sleeper = { at: now + Math.max(0, ms), wake };
      signal?.addEventListener("abort", stop, { once: true });
      add(sleeper);
    });
  return {
    now: () => now,
    sleep,
    begin: () => {
      busy += 1;
      return () => {
        busy -= 1;
      };
    },
    run: async (work) => {
      const state = { isSettled: false, calm: 0 };
      const settle = (): void => {
        state.isSettled = true;
      };
      work.then(settle, settle);
      while (!state.isSettled) {
        await setImmediate();
        state.calm = busy > 0 ? 0 : state.calm + 1;
        if (state.calm < 2) continue;
        const next = sleepers.pop();
        if (!next) continue;
        now = Math.max(now, next.at);
        next.wake();
        // Who wakes at the same instant wakes together.
        while (sleepers.at(-1)?.at === now) sleepers.pop()?.wake();
        state.calm = 0;
      }
      return work;
    },
  };
}
