/** Time as the run sees it. Instants are epoch ms. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or at once with `false` when the signal aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
}

/** A timer that is asked for more ends at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    let leftMs = ms;
    for (; leftMs > longestTimerMs; leftMs -= longestTimerMs) {
      if (!(await sleep(longestTimerMs, signal))) return false;
    }
    return sleep(leftMs, signal);
  },
};

const sleep = (ms: number, signal: AbortSignal | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(true);
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
