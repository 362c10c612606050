import type { Clock } from "./clock.ts";
import type { Rate } from "./rate.ts";

/** How a piece of work waits. */
export interface Turn {
  /** What waits in one lane goes in the order of asking; between lanes turns go round, so that none starves another. */
  readonly lane?: string;
  /** It has had its turn and was turned away: it goes before the others of its lane. */
  readonly isAgain?: boolean;
  /** Once it aborts nothing is waited for: the work runs at once, to find out by itself that it must not. */
  readonly signal?: AbortSignal | undefined;
}

/** By which clock and how fast work begins, beside how much of it is under way. */
export interface Flow {
  readonly clock: Clock;
  readonly rate: Rate;
}

/** Lets work in, one piece after the other. */
export interface Door {
  /** Resolves when it is this one's turn, with whether it has taken a place: then it has to leave. */
  enter(turn: Turn): Promise<boolean>;
  leave(): void;
}

/** Makes a door to as many places as `width` tells, through which work goes no faster than the flow lets it. */
export function makeDoor(width: () => number, flow: Flow | undefined): Door {
  const waiting = makeLanes();
  let inside = 0;
  let begun = 0;
  let isPausing = false;

  const pause = async ({ clock, rate }: Flow, ms: number): Promise<void> => {
    if (isPausing) return;
    isPausing = true;
    const before = begun;
    await clock.sleep(ms);
    isPausing = false;
    // What was waited for may have gone in meanwhile.
    if (begun === before) rate.endWait(clock.now());
    next();
  };
  const next = (): void => {
    while (inside < width() && waiting.isAny()) {
      const waitMs = flow?.rate.waitMs(flow.clock.now()) ?? 0;
      if (flow && waitMs > 0) return void pause(flow, waitMs);
      inside += 1;
      begun += 1;
      flow?.rate.take(flow.clock.now());
      waiting.take()?.();
    }
  };
  return {
    enter: (turn) =>
      new Promise((resolve) => {
        waiting.add({ begin: () => resolve(true), giveUp: () => resolve(false) }, turn);
        next();
      }),
    leave: () => {
      inside -= 1;
      next();
    },
  };
}

/** Somebody who waits. */
interface Waiter {
  readonly begin: () => void;
  readonly giveUp: () => void;
}

/** Who waits, by lane. */
interface Lanes {
  isAny(): boolean;
  /** The next one's turn, of the lane that has waited longest for one. */
  take(): (() => void) | undefined;
  add(waiter: Waiter, turn: Turn): void;
}

function makeLanes(): Lanes {
  // In the order in which they have their turns.
  const lanes = new Map<string, (() => void)[]>();
  let count = 0;
  return {
    isAny: () => count > 0,
    take: () => {
      for (const [name, lane] of lanes) {
        const enter = lane.shift();
        if (!enter) continue;
        lanes.delete(name);
        lanes.set(name, lane);
        count -= 1;
        return enter;
      }
      return undefined;
    },
    add: ({ begin, giveUp }, { lane: name = "", isAgain = false, signal }) => {
      if (signal?.aborted === true) return giveUp();
      const lane = lanes.get(name) ?? [];
      lanes.set(name, lane);
      const leave = (): void => {
        lane.splice(lane.indexOf(enter), 1);
        count -= 1;
        giveUp();
      };
      const enter = (): void => {
        signal?.removeEventListener("abort", leave);
        begin();
      };
      signal?.addEventListener("abort", leave, { once: true });
      if (isAgain) lane.unshift(enter);
      else lane.push(enter);
      count += 1;
    },
  };
}
