import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { ResourceError } from "../errors.ts";
import { isProps } from "../json.ts";
import type { Disk } from "./disk.ts";
import { isRunning, startOf } from "./running.ts";
import type { Holder } from "./store.ts";

// A holder is a file `.lock-<n>` in the stage's folder. Taking over lock n means being the one who makes n + 1, which
// the disk grants to one process only; so two runs that find the same dead lock cannot both win, and n is the fence:
// whoever finds n + 1 beside its own n, or its own gone, has lost.

const heartbeatMs = 5_000;
const silentMs = 30_000;
// A holder counts itself out sooner than others count it out, for their clocks are not one, and a request takes time.
const termMs = 20_000;

/** The stage to lock: its folder on a disk, and what to call it in messages. */
export interface LockPlace {
  readonly disk: Disk;
  readonly folder: string;
  readonly title: string;
  /** The command that breaks its lock. */
  readonly unlock: string;
  readonly now: () => number;
}

/** A lock that can be asked whether it still holds. */
export interface HeldLock {
  /** The dead or silent holder that it replaces. */
  readonly takenOver: Holder | undefined;
  /** Throws `LOCKED` when another run took over, somebody broke the lock, or its holder has not renewed it in time. */
  check(): void;
  /** The same, but renews first a lock whose holder was only busy for too long: nobody has held it in between. */
  renew(): void;
  /** Gives the stage back, unless the lock is lost already. */
  release(): void;
}

interface Found {
  readonly text: string;
  readonly holder: Holder;
  readonly startedAt: string | undefined;
  readonly touchedAt: number;
}

/** Locks the stage, over a holder that is dead or silent for 30 s; a living one is `LOCKED`. */
export function takeLock(place: LockPlace): HeldLock {
  const { disk, folder, now } = place;
  const before = numbersIn(place);
  const found = foundIn(place, before[0]);
  if (found && isAlive(found, now())) throw lockedBy(place, found.holder);
  const number = (before[0] ?? 0) + 1;
  const path = pathOf(folder, number);
  const text = describeMe(now());
  const at = instantOf(place);
  if (!disk.claim(path, text)) return takeLock(place);
  disk.touch(path, now());
  if (numbersIn(place).join() !== [number, ...before].join() || textOf(place, before[0]) !== found?.text) {
    // Others came and went between the look and the claim, so the look is worth nothing.
    disk.remove(path);
    return takeLock(place);
  }
  for (const old of before) disk.remove(pathOf(folder, old));
  return heldLock(place, { number, text, renewedAt: at }, found?.holder);
}

/** What a holder knows of its own lock. */
interface OwnLock {
  number: number;
  readonly text: string;
  /** Before it was last known to be fresh. */
  renewedAt: Instant;
}

function heldLock(place: LockPlace, mine: OwnLock, takenOver: Holder | undefined): HeldLock {
  const { disk, folder } = place;
  const renew = (): void => {
    if (isLapsed(place, mine)) succeedMyself(place, mine);
  };
  const heart = setInterval(() => beat(place, mine), heartbeatMs).unref();
  return {
    takenOver,
    check: () => check(place, mine),
    renew() {
      renew();
      check(place, mine);
    },
    release() {
      clearInterval(heart);
      const path = pathOf(folder, mine.number);
      if (disk.read(path) === mine.text) disk.remove(path);
    },
  };
}

/** An instant by two clocks: the monotonic one stands still while a machine sleeps, the other one is set by hand. */
interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

const instantOf = ({ now }: Pick<LockPlace, "now">): Instant => ({
  monotonic: performance.now(),
  wall: now(),
});

function isLapsed(place: LockPlace, { renewedAt }: OwnLock): boolean {
  const { monotonic, wall } = instantOf(place);
  return Math.max(monotonic - renewedAt.monotonic, wall - renewedAt.wall) > termMs;
}

/**
 * Takes the holder's own lock over as anybody else might have: where that succeeds, nobody has. To touch the old file
 * would not do, for another run may have found it silent already.
 */
function succeedMyself(place: LockPlace, mine: OwnLock): void {
  const { disk, folder, now } = place;
  const old = pathOf(folder, mine.number);
  const next = pathOf(folder, mine.number + 1);
  const at = instantOf(place);
  if (disk.read(old) !== mine.text || !disk.claim(next, mine.text)) return;
  if (disk.read(old) !== mine.text || foundIn(place, mine.number + 2)) {
    // Somebody broke the lock, or came and went, in this very moment.
    disk.remove(next);
    return;
  }
  disk.touch(next, now());
  disk.remove(old);
  mine.number += 1;
  mine.renewedAt = at;
}

/** Breaks whatever lock there is and tells who held it. */
export function breakLock(place: LockPlace): Holder | undefined {
  const numbers = numbersIn(place);
  const found = foundIn(place, numbers[0]);
  for (const number of numbers) place.disk.remove(pathOf(place.folder, number));
  return found?.holder;
}

function check(place: LockPlace, mine: OwnLock): void {
  const successor = foundIn(place, mine.number + 1);
  const isMine = !successor && place.disk.read(pathOf(place.folder, mine.number)) === mine.text;
  // Asked last: what was read before may have come from a disk that let it wait.
  if (isMine && !isLapsed(place, mine)) return;
  const by = successor ? ` to ${describe(successor.holder)}` : "";
  const what = isMine
    ? `this run did not renew its lock of ${place.title} for over ${termMs / 1000} s`
    : `this run lost the lock of ${place.title}${by}`;
  throw new ResourceError("LOCKED", what, {
    advice: isMine
      ? "Another run may have begun meanwhile, so nothing was sent: run the script again."
      : "Nothing more is written by this run: run the script again when the other has ended.",
  });
}

function beat(place: LockPlace, mine: OwnLock): void {
  const { disk, folder, now } = place;
  try {
    if (isLapsed(place, mine)) return succeedMyself(place, mine);
    const path = pathOf(folder, mine.number);
    const at = instantOf(place);
    if (disk.read(path) !== mine.text) return;
    disk.touch(path, now());
    mine.renewedAt = at;
  } catch {
    // The next write meets the same disk and tells.
    return;
  }
}

const pathOf = (folder: string, number: number): string => join(folder, `.lock-${number}`);

/** The numbers of all lock files, highest first. */
function numbersIn({ disk, folder }: LockPlace): number[] {
  return disk
    .list(folder)
    .flatMap((name) => /^\.lock-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

const textOf = ({ disk, folder }: LockPlace, number: number | undefined): string | undefined =>
  number === undefined ? undefined : disk.read(pathOf(folder, number));

function foundIn(place: LockPlace, number: number | undefined): Found | undefined {
  const text = textOf(place, number);
  if (number === undefined || text === undefined) return undefined;
  const touchedAt = place.disk.touchedAt(pathOf(place.folder, number)) ?? place.now();
  return { text, touchedAt, ...parse(text, touchedAt) };
}

function parse(text: string, touchedAt: number): Pick<Found, "holder" | "startedAt"> {
  const { host, pid, since, startedAt } = membersOf(text);
  return {
    holder: {
      host: typeof host === "string" ? host : "an unknown host",
      pid: typeof pid === "number" ? pid : 0,
      since: typeof since === "string" ? since : new Date(touchedAt).toISOString(),
    },
    startedAt: typeof startedAt === "string" ? startedAt : undefined,
  };
}

interface LockFile {
  readonly host?: unknown;
  readonly pid?: unknown;
  readonly since?: unknown;
  readonly startedAt?: unknown;
}

/** What a lock file says; one that is torn says nothing, and only its silence tells that it is dead. */
function membersOf(text: string): LockFile {
  try {
    const value: unknown = JSON.parse(text);
    return isProps(value) ? value : {};
  } catch {
    return {};
  }
}

function describeMe(now: number): string {
  const { pid } = process;
  const since = new Date(now).toISOString();
  return `${JSON.stringify({ holder: randomUUID(), host: hostname(), pid, startedAt: startOf(pid), since })}\n`;
}

function isAlive({ holder, startedAt, touchedAt }: Found, now: number): boolean {
  if (now - touchedAt > silentMs) return false;
  return holder.host !== hostname() || isRunning(holder.pid, startedAt);
}

function lockedBy(place: LockPlace, holder: Holder): ResourceError {
  return new ResourceError("LOCKED", `${place.title} is locked by ${describe(holder)}`, {
    advice: `Wait for that run to end; if it surely has, \`${place.unlock}\` breaks its lock.`,
  });
}

const describe = ({ host, pid, since }: Holder): string => `process ${pid} on ${host} since ${since}`;
