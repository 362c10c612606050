/** Lets so much through at a time, less after a throttle, slowly more after successes. */
export interface Pace {
  /**
   * Runs one piece of work as soon as there is room. `isThrottled` tells from its failure whether to slow down,
   * `isCrowded` from its answer, where a refusal comes as one.
   */
  run<T>(
    work: () => Promise<T>,
    isThrottled: (error: unknown) => boolean,
    isCrowded?: (answer: T) => boolean,
  ): Promise<T>;
  /** How much may be under way at this moment. */
  readonly width: number;
}

/**
 * Paces what shares a limit that nobody tells, the requests of one (account, region, API) or the writes below one API:
 * additive increase, multiplicative decrease, as congestion control does. `limit` bounds what is under way; below 1 it
 * is taken for 1. For one more at a time, each that may be under way has to go well `calm` times.
 */
export function makePace(limit: number, calm = 1): Pace {
  const widest = Math.max(1, limit);
  let width = widest;
  let inFlight = 0;
  // Failures of one burst count once: what was sent before the last cut says nothing about the new width.
  let generation = 0;
  const waiting: (() => void)[] = [];

  const next = (): void => {
    while (inFlight < Math.floor(width) && waiting.length > 0) {
      inFlight += 1;
      waiting.shift()?.();
    }
  };

  const narrow = (sentIn: number): void => {
    if (sentIn !== generation) return;
    generation += 1;
    width = Math.max(1, width / 2);
  };

  return {
    get width() {
      return Math.floor(width);
    },
    async run(work, isThrottled, isCrowded) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      const sentIn = generation;
      try {
        const answer = await work();
        if (isCrowded?.(answer) === true) narrow(sentIn);
        else width = Math.min(widest, width + 1 / (calm * width));
        return answer;
      } catch (error) {
        if (isThrottled(error)) narrow(sentIn);
        throw error;
      } finally {
        inFlight -= 1;
        next();
      }
    },
  };
}
