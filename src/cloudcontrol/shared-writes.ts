import type { Clock } from "../wire/clock.ts";
import { isConcurrentEdit } from "../wire/failure.ts";
import { type Pace, makePace } from "../wire/pace.ts";
import type { Attempt } from "./perform.ts";
import type { EndedOperation } from "./protocol.ts";

type Perform = (attempt: Attempt) => Promise<EndedOperation>;

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
export function shareWrites(perform: Perform, clock: Clock): Perform {
  const all = new Map<string, Pace>();
  return async (attempt) => {
    const { shares } = attempt;
    if (shares === undefined) return perform(attempt);
    const turns = all.get(shares) ?? makePace(widest, calmTurns);
    all.set(shares, turns);
    let refusedAt: number | undefined;
    for (let tries = 1; ; tries += 1) {
      const ended = await turns.run(() => perform(leaving(attempt)), isNever, isCrowded);
      if (!isRefused(ended, attempt)) return ended;
      refusedAt ??= clock.now();
      if (clock.now() - refusedAt > budgetMs) return ended;
      attempt.onPause({ error: ended.error, attempt: tries, waitMs: 0 });
    }
  };
}

const isNever = (): boolean => false;

const isCrowded = (ended: EndedOperation): boolean =>
  ended.outcome === "failed" && isConcurrentEdit(ended.error);

/** The same attempt, with the refusals that are answered here left to be answered here. */
const leaving = (attempt: Attempt): Attempt => ({
  ...attempt,
  answers: (error) => isConcurrentEdit(error) || attempt.answers?.(error) === true,
});

function isRefused(
  ended: EndedOperation,
  { watch, isServerNamed }: Attempt,
): ended is EndedOperation & { outcome: "failed" } {
  if (ended.outcome !== "failed" || !isConcurrentEdit(ended.error) || watch.signal?.aborted === true)
    return false;
  // What names a resource of its own has made it: that is not to be made again.
  return ended.identifier === undefined || isServerNamed !== true;
}
