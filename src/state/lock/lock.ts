import { ResourceError } from "../../errors.ts";
import type { Holder } from "../../author.ts";
import type { FormerHolder, SeenHolder } from "../store.ts";
import { type OwnLock, isLapsed, newPulse, renewAt, startHeart } from "./heart.ts";
import { holderText, lifeText } from "./holder-text.ts";
import {
  type Found,
  type LockPlace,
  foundIn,
  headOfMine,
  isGone,
  newLockText,
  numbersIn,
  ownTermOf,
  pathOf,
} from "./lock-file.ts";
import { type Watching, watchLockFile } from "./watch.ts";

// A holder is a file `.lock-<n>` in the stage's folder. Taking over lock n means being the one who makes n + 1, which
// the disk grants to one process only; so two runs that find the same dead lock cannot both win, and n is the fence:
// whoever finds n + 1 beside its own n, or its own gone, has lost.
//
// Whether a holder lives, its heartbeat says, which whoever wants the stage watches on its own clock: one that moves is
// alive whatever the time is at its place, one that has stood still for the term is dead. Only on the same machine, in
// the same run of it and the same space of process numbers is a process that is no more known to be so at once.
//
// A holder counts itself out after two thirds of the term, by a clock that no one sets: counted from before the last
// beat that it knows to be written, so that nobody can have seen it stand still for the whole of one.

/** A lock that can be asked whether it still holds. */
export interface HeldLock {
  /** The dead or silent holder that it replaces. */
  readonly takenOver: FormerHolder | undefined;
  /** Throws `LOCKED` when another run took over, somebody broke the lock, or its holder has not renewed it in time. */
  check(): void;
  /** The same, but renews first a lock whose holder was only halted for too long: nobody has held it in between. */
  renew(): void;
  /** Gives the stage back, unless the lock is lost already. */
  release(): void;
}

/**
 * Locks the stage, over a holder that is dead. One that may live is watched: as soon as it shows life this fails with
 * `LOCKED`, and once it has shown none for its term it is taken over.
 */
export async function takeLock(place: LockPlace, watching: Watching = {}): Promise<HeldLock> {
  for (;;) {
    const before = numbersIn(place);
    const found = foundIn(place, before[0]);
    const former = found && (await judge(place, found, watching));
    // Another holds it by now.
    if (found && !former) continue;
    const mine = claimOver(place, before, former?.sign);
    if (mine) return heldLock(place, mine, former?.holder);
  }
}

interface Former {
  readonly holder: FormerHolder;
  /** How its lock was last seen. */
  readonly sign: string;
}

/** The holder of a lock where it is dead, undefined where the lock is no longer there; `LOCKED` where it lives. */
async function judge(place: LockPlace, found: Found, watching: Watching): Promise<Former | undefined> {
  const { sign, holder } = found;
  if (isGone(found)) return { sign, holder };
  const { end, stillMs } = await watchLockFile(place, found, watching);
  if (end === "moved") throw lockedBy(place, holder, stillMs);
  if (end === "gone") return { sign, holder };
  return end === "still" ? { sign, holder: { ...holder, stillMs } } : undefined;
}

// A lock binds nobody once its machine has stopped, so nothing waits until the disk would remember it or forget it.
const fleeting = "while the machine runs";

/** Makes the next lock, unless others come and go meanwhile, or the former holder shows life after all. */
function claimOver(
  place: LockPlace,
  before: readonly number[],
  sign: string | undefined,
): OwnLock | undefined {
  const { disk, folder, clock } = place;
  const number = (before[0] ?? 0) + 1;
  const path = pathOf(folder, number);
  const head = headOfMine(place);
  const pulse = newPulse(clock.now());
  if (!disk.claim(path, newLockText(head), fleeting)) return undefined;
  if (numbersIn(place).join() !== [number, ...before].join() || foundIn(place, before[0])?.sign !== sign) {
    // The look is worth nothing any more.
    disk.remove(path, fleeting);
    return undefined;
  }
  for (const old of before) disk.remove(pathOf(folder, old), fleeting);
  return { number, head, pulse };
}

function heldLock(place: LockPlace, mine: OwnLock, takenOver: FormerHolder | undefined): HeldLock {
  const { disk, folder } = place;
  const succeed = (): void => {
    if (succeedMyself(place, mine)) heart.follow();
  };
  const heart = startHeart(place, mine, succeed);
  return {
    takenOver,
    check: () => check(place, mine),
    renew() {
      heart.useThread();
      if (isLapsed(place, mine)) succeed();
      check(place, mine);
    },
    release() {
      heart.stop();
      if (isThere(place, mine)) disk.remove(pathOf(folder, mine.number), fleeting);
    },
  };
}

const isThere = ({ disk, folder }: LockPlace, { number, head }: OwnLock): boolean =>
  disk.read(pathOf(folder, number))?.startsWith(head) === true;

/**
 * Takes the holder's own lock over as anybody else might have: where that succeeds, nobody has. To beat on in the old
 * file would not do, for another run may have found it silent already.
 */
function succeedMyself(place: LockPlace, mine: OwnLock): boolean {
  const { disk, folder, clock } = place;
  const { number, head, pulse } = mine;
  const next = pathOf(folder, number + 1);
  const at = clock.now();
  if (!isThere(place, mine) || !disk.claim(next, newLockText(head), fleeting)) return false;
  if (!isThere(place, mine) || foundIn(place, number + 2)) {
    // Somebody broke the lock, or came and went, in this very moment.
    disk.remove(next, fleeting);
    return false;
  }
  disk.remove(pathOf(folder, number), fleeting);
  mine.number += 1;
  renewAt(pulse, at);
  return true;
}

/** Breaks whatever lock there is and tells who held it. */
export function breakLock(place: LockPlace): Holder | undefined {
  const numbers = numbersIn(place);
  const found = foundIn(place, numbers[0]);
  for (const number of numbers) place.disk.remove(pathOf(place.folder, number), fleeting);
  return found?.holder;
}

/** How many beats a look at a lock waits for. */
const beatsInLook = 3;

/** Tells who holds the stage, and whether that run shows life within a few beats of its heart. */
export async function lookAtLock(place: LockPlace): Promise<SeenHolder | undefined> {
  const found = foundIn(place, numbersIn(place)[0]);
  if (!found) return undefined;
  const atMostMs = (found.termMs / 30) * beatsInLook;
  const { end, stillMs } = await watchLockFile(place, found, { atMostMs });
  if (end === "replaced") return lookAtLock(place);
  const life = end === "moved" ? "alive" : end === "gone" ? "gone" : "silent";
  return { ...found.holder, life, stillMs, termMs: found.termMs };
}

function check(place: LockPlace, mine: OwnLock): void {
  const { disk, folder } = place;
  const isMine = disk.touchedAt(pathOf(folder, mine.number + 1)) === undefined && isThere(place, mine);
  // Asked last: what was read before may have come from a disk that let it wait.
  if (isMine && !isLapsed(place, mine)) return;
  const successor = foundIn(place, mine.number + 1);
  const by = successor ? ` to ${holderText(successor.holder)}` : "";
  const what = isMine
    ? `this run did not renew its lock of ${place.title} for over ${ownTermOf(place) / 1_000} s`
    : `this run lost the lock of ${place.title}${by}`;
  throw new ResourceError("LOCKED", what, {
    advice: isMine
      ? "Another run may have begun meanwhile, so nothing was sent: run the script again."
      : "Nothing more is written by this run: run the script again when the other has ended.",
  });
}

/** The failure of who finds a holder alive. */
export function lockedBy(
  place: Pick<LockPlace, "title" | "unlock">,
  holder: Holder,
  stillMs: number,
): ResourceError {
  const life = lifeText({ life: "alive", stillMs });
  return new ResourceError("LOCKED", `${place.title} is locked by ${holderText(holder)}; ${life}`, {
    advice: `Wait for that run to end; if it surely has, \`${place.unlock}\` breaks its lock.`,
  });
}
