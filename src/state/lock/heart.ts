import { isResourceError } from "../../errors.ts";
import { type LockPlace, atDigits, beatText, countDigits, ownTermOf, pathOf } from "./lock-file.ts";
import { beatInThread } from "./thread.ts";

/** What a holder knows of its own lock. */
export interface OwnLock {
  number: number;
  readonly head: string;
  readonly pulse: Pulse;
}

/**
 * When a holder last made sure of its lock, and how often its heart has beaten, where a thread can write them too: two
 * cells of shared memory, ms by the lock's clock and a count. That instant is one before the beat was written, so that
 * whatever the disk took for it counts.
 */
export interface Pulse {
  readonly cells: BigInt64Array;
}

export const newPulse = (atMs: number): Pulse => {
  const cells = new BigInt64Array(new SharedArrayBuffer(16));
  const pulse = { cells };
  renewAt(pulse, atMs);
  return pulse;
};

/** Notes that a holder was sure of its lock at that instant. */
export function renewAt({ cells }: Pulse, atMs: number): void {
  Atomics.store(cells, 0, BigInt(Math.floor(atMs)));
}

/** ms since a holder was last sure of its lock. */
export const silentMs = ({ clock }: LockPlace, { cells }: Pulse): number =>
  clock.now() - Number(Atomics.load(cells, 0));

export const isLapsed = (place: LockPlace, { pulse }: OwnLock): boolean =>
  silentMs(place, pulse) > ownTermOf(place);

/** Beats for a lock until it is given back. */
export interface Heart {
  /** From now on beats in a thread too: whoever writes holds the stage for longer than a look at it takes. */
  useThread(): void;
  /** Beats for the file that the lock has now. */
  follow(): void;
  stop(): void;
}

const beatsInTerm = 30;

/** ms after which a lock that is still held gets a thread: starting one costs as much as a run that changes nothing. */
const briefMs = 250;

/**
 * Begins to beat for a lock. The event loop does while the stage has been held for a moment only, and whenever the
 * thread does not. `onLapse` is asked to take a lock that has been silent for its holder's own term.
 */
export function startHeart(place: LockPlace, mine: OwnLock, onLapse: () => void): Heart {
  const everyMs = Math.ceil(place.termMs / beatsInTerm);
  let leave: (() => void) | undefined;
  const enter = (): void => {
    if (!place.hasThread) return;
    const { head, pulse } = mine;
    const path = pathOf(place.folder, mine.number);
    const termMs = ownTermOf(place);
    leave = beatInThread({ path, head, countDigits, atDigits, everyMs, termMs, cells: pulse.cells });
  };
  const useThread = (): void => {
    if (!leave) enter();
  };
  const loop = setInterval(() => beatInLoop(place, mine, { everyMs, onLapse }), everyMs).unref();
  const soon = setTimeout(useThread, Math.min(briefMs, everyMs)).unref();
  return {
    useThread,
    follow() {
      if (!leave) return;
      leave();
      enter();
    },
    stop() {
      clearInterval(loop);
      clearTimeout(soon);
      leave?.();
    },
  };
}

interface Rhythm {
  readonly everyMs: number;
  readonly onLapse: () => void;
}

function beatInLoop(place: LockPlace, mine: OwnLock, { everyMs, onLapse }: Rhythm): void {
  const { disk, folder, clock } = place;
  const { pulse, head } = mine;
  try {
    if (isLapsed(place, mine)) return onLapse();
    // The thread has.
    if (silentMs(place, pulse) < everyMs / 2) return;
    const at = clock.now();
    const count = Atomics.add(pulse.cells, 1, 1n) + 1n;
    const isMine = disk.overwrite(pathOf(folder, mine.number), head, beatText(count));
    // A beat that came too late must not make up for the silence before it.
    if (isMine && !isLapsed(place, mine)) renewAt(pulse, at);
  } catch (error) {
    // The next write meets the same disk and tells.
    if (!isResourceError(error)) throw error;
  }
}
