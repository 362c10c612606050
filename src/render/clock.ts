/** Time as a watcher of a run sees it. */
export interface Clock {
  /** The instant, epoch ms. */
  readonly now: () => number;
  /** Ticks until the returned function is called; never keeps the process alive. */
  readonly every: (ms: number, tick: () => void) => () => void;
}

/** The machine's own clock. */
export const machineClock: Clock = {
  now: () => Date.now(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
