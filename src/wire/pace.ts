/** Lets so many calls through at a time, fewer after a throttle, slowly more after successes. */
export interface Pace {
  /** Runs one request as soon as there is room. `throttled` tells from its failure whether to slow down. */
  run<T>(request: () => Promise<T>, throttled: (error: unknown) => boolean): Promise<T>;
  /** Requests allowed in flight at this moment. */
  readonly width: number;
}

/**
 * Paces the requests of one (account, region, API): additive increase, multiplicative decrease, as congestion
 * control does. `limit` bounds HTTP requests in flight, never operations at AWS; below 1 it is taken for 1.
 */
export function pace(limit: number): Pace {
  const widest = Math.max(1, limit);
  let width = widest;
  let inFlight = 0;
  // Failures of one burst count once: requests sent before the last cut say nothing about the new width.
  let generation = 0;
  const waiting: (() => void)[] = [];

  const next = (): void => {
    while (inFlight < Math.floor(width) && waiting.length > 0) {
      inFlight += 1;
      waiting.shift()?.();
    }
  };

  return {
    get width() {
      return Math.floor(width);
    },
    async run(request, throttled) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      const sentIn = generation;
      try {
        const answer = await request();
        width = Math.min(widest, width + 1 / width);
        return answer;
      } catch (error) {
        if (throttled(error) && sentIn === generation) {
          generation += 1;
          width = Math.max(1, width / 2);
        }
        throw error;
      } finally {
        inFlight -= 1;
        next();
      }
    },
  };
}
