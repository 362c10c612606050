/** Time as the run sees it. Instants are epoch ms. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or at once with `false` when the signal aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
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
    }),
};
