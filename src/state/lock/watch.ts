import { ResourceError } from "../../errors.ts";
import { machineClock } from "./clock.ts";
import type { Holder } from "../../author.ts";
import type { Waiting } from "../store.ts";
import { type Found, type LockPlace, beatAgeOf, foundIn, isGone, ownTermOf } from "./lock-file.ts";

/** What became of a lock while it was watched, and for how long its heartbeat stood still, in ms. */
export interface Watched {
  readonly end: "moved" | "still" | "gone" | "replaced" | "unsure";
  readonly stillMs: number;
}

/** How a lock is watched. */
export interface Watching extends Waiting {
  /** Ends a watch that has taken so long, in ms, unsure; by default the term of the lock is waited for. */
  readonly atMostMs?: number | undefined;
}

/** Where a lock is watched. */
export interface WatchPlace extends Pick<LockPlace, "clock" | "title"> {
  /** Looks what has become of the lock; undefined where nothing has. */
  readonly look: () => Watched["end"] | undefined | Promise<Watched["end"] | undefined>;
  /** How often it is looked at in a term. */
  readonly looksInTerm: number;
}

/** Watches a lock file. Of a heart that beats thirty times a term, it is read four times a beat. */
export const watchLockFile = (place: LockPlace, lock: Found, watching?: Watching): Promise<Watched> =>
  watchLock({ ...place, looksInTerm: 120, look: () => lookAt(place, lock) }, lock, watching);

/** ms after which whoever waits is told for whom. */
const patienceMs = 3_000;

/**
 * Watches the lock of another until it shows life, or has shown none for its term. The time is the watcher's own, from
 * the end of one look to the start of another between which nothing has moved. Of time that passes while nobody looks
 * (a machine that sleeps, a clock that jumps) no more counts than one look and the next may be apart: a holder that was
 * halted together with its watcher has its chance to beat. Each look opens the file anew, which asks a network disk.
 */
export async function watchLock(place: WatchPlace, lock: Found, watching: Watching = {}): Promise<Watched> {
  const { clock, looksInTerm } = place;
  const { signal, atMostMs = Infinity } = watching;
  const ageMs = freshAgeOf(place, lock);
  if (ageMs !== undefined) return { end: "moved", stillMs: ageMs };
  const pauseMs = lock.termMs / looksInTerm;
  const tell = tellOnce(lock, watching);
  let stillMs = 0;
  for (let last = clock.now(); ;) {
    const at = clock.now();
    const end = await place.look();
    if (end) return { end, stillMs };
    stillMs += Math.min(Math.max(at - last, 0), 2 * pauseMs);
    last = clock.now();
    if (stillMs >= lock.termMs) return { end: "still", stillMs };
    if (stillMs >= atMostMs) return { end: "unsure", stillMs };
    tell(stillMs);
    await clock.sleep(pauseMs, signal);
    if (signal?.aborted) throw stopped(place, lock.holder);
  }
}

/** How long ago a heart has beaten of which nothing has to be watched: the kernel's clock is one for its processes. */
function freshAgeOf({ clock }: WatchPlace, lock: Found): number | undefined {
  const ageMs = clock === machineClock ? beatAgeOf(lock) : undefined;
  return ageMs !== undefined && ageMs < ownTermOf(lock) ? ageMs : undefined;
}

function lookAt(place: LockPlace, lock: Found): Watched["end"] | undefined {
  const now = foundIn(place, lock.number);
  if (now?.key !== lock.key) return "replaced";
  if (isGone(now)) return "gone";
  return now.sign === lock.sign ? undefined : "moved";
}

function tellOnce({ holder, termMs }: Found, { onWait }: Waiting): (stillMs: number) => void {
  let isTold = false;
  return (stillMs) => {
    if (isTold || stillMs < patienceMs) return;
    isTold = true;
    onWait?.(holder, termMs - stillMs);
  };
}

function stopped({ title }: WatchPlace, { pid, host }: Holder): ResourceError {
  return new ResourceError("ABORTED", `stopped while ${title} was held by process ${pid} on ${host}`);
}
