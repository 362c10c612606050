import { type Flow, type Turn, makeDoor } from "./door.ts";

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
    turn?: Turn,
  ): Promise<T>;
  /** How much may be under way at this moment. */
  readonly width: number;
}

/** Where nobody knows how fast something may be asked it is not asked with all at once. */
const firstWidth = 25;

/**
 * Paces what shares a limit that nobody tells, the requests of one (account, region, API) or the writes below one API:
 * additive increase, multiplicative decrease, as congestion control does. `limit` bounds what is under way; below 1 it
 * is taken for 1. For one more at a time, each that may be under way has to go well `calm` times. `flow` bounds
 * besides how much begins a second.
 */
export function makePace(limit: number, calm = 1, flow?: Flow): Pace {
  const widest = Math.max(1, limit);
  let width = flow ? Math.min(widest, firstWidth) : widest;
  // Failures of one burst count once: what was sent before the last cut says nothing about the new width.
  let generation = 0;
  const door = makeDoor(() => Math.floor(width), flow);
  const now = (): number => flow?.clock.now() ?? 0;

  const narrow = (sentIn: number, sentAt: number): void => {
    flow?.rate.refuse(now(), sentAt);
    if (sentIn !== generation) return;
    generation += 1;
    width = Math.max(1, width / 2);
  };
  const widen = (): void => {
    flow?.rate.accept(now());
    // Until something is refused, twice as much goes out each time.
    const isUntried = flow !== undefined && generation === 0;
    width = Math.min(widest, width + (isUntried ? 1 : 1 / (calm * width)));
  };

  return {
    get width() {
      return Math.floor(width);
    },
    async run(work, isThrottled, isCrowded, turn = {}) {
      if (!(await door.enter(turn))) return work();
      const sentIn = generation;
      const sentAt = now();
      try {
        const answer = await work();
        if (isCrowded?.(answer) === true) narrow(sentIn, sentAt);
        else widen();
        return answer;
      } catch (error) {
        if (isThrottled(error)) narrow(sentIn, sentAt);
        throw error;
      } finally {
        door.leave();
      }
    },
  };
}
