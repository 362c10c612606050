import type { Clock } from "../wire/clock.ts";
import { isConcurrentEdit } from "../wire/failure.ts";
import type { Attempt } from "./perform.ts";
import type { Ended } from "./protocol.ts";

type Perform = (attempt: Attempt) => Promise<Ended>;

/** How many writes below one API begin side by side; AWS does not say how many it bears. */
const widest = 16;
/** So many writes that went well for each that may run at a time, and one more is tried. */
const calmTurns = 20;
/** ms for which one write is begun again because of others. */
const budgetMs = 300_000;

/**
 * Performs writes that share something (an API) side by side, but no more at a time than the service bears: where it
 * refuses one because of another, all of them narrow together, and the width that works stays for the run. A refused
 * write waits for its turn and begins anew (terraform-provider-aws #18018).
 */
export function inTurn(perform: Perform, clock: Clock): Perform {
  const all = new Map<string, Turns>();
  return async (attempt) => {
    const { shares } = attempt;
    if (shares === undefined) return perform(attempt);
    const turns = all.get(shares) ?? turnsOf();
    all.set(shares, turns);
    let refusedAt: number | undefined;
    for (let tries = 1; ; tries += 1) {
      const ended = await turns.take(() => perform(leaving(attempt)));
      if (!isRefused(ended, attempt)) return ended;
      refusedAt ??= clock.now();
      if (clock.now() - refusedAt > budgetMs) return ended;
      attempt.onPause({ error: ended.error, attempt: tries, waitMs: 0 });
    }
  };
}

/** The same attempt, with the refusals that are answered here left to be answered here. */
const leaving = (attempt: Attempt): Attempt => ({
  ...attempt,
  answers: (error) => isConcurrentEdit(error) || attempt.answers?.(error) === true,
});

function isRefused(ended: Ended, { watch, isServerNamed }: Attempt): ended is Ended & { outcome: "failed" } {
  if (ended.outcome !== "failed" || !isConcurrentEdit(ended.error) || watch.signal?.aborted === true)
    return false;
  // What names a resource of its own has made it: that is not to be made again.
  return ended.identifier === undefined || isServerNamed !== true;
}

interface Turns {
  /** Works as soon as it is this one's turn. */
  take(work: () => Promise<Ended>): Promise<Ended>;
}

function turnsOf(): Turns {
  let width = widest;
  let underWay = 0;
  let calm = 0;
  // Those that were refused together count once.
  let generation = 0;
  const waiting: (() => void)[] = [];
  const next = (): void => {
    while (underWay < width && waiting.length > 0) {
      underWay += 1;
      waiting.shift()?.();
    }
  };
  const learn = (isRefusal: boolean, begunIn: number): void => {
    if (isRefusal && begunIn === generation) {
      generation += 1;
      width = Math.max(1, Math.floor(width / 2));
    }
    calm = isRefusal ? 0 : calm + 1;
    if (calm < calmTurns * width || width === widest) return;
    calm = 0;
    width += 1;
  };
  return {
    async take(work) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      const begunIn = generation;
      try {
        const ended = await work();
        learn(ended.outcome === "failed" && isConcurrentEdit(ended.error), begunIn);
        return ended;
      } finally {
        underWay -= 1;
        next();
      }
    },
  };
}
