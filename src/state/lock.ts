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

/** The stage to lock: its folder on a disk, and what to call it in messages. */
export interface Place {
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
  /** Throws `LOCKED` when another run took over, or somebody broke the lock. */
  check(): void;
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
export function takeLock(place: Place): HeldLock {
  const { disk, folder, now } = place;
  const before = numbersIn(place);
  const found = foundIn(place, before[0]);
  if (found && isAlive(found, now())) throw lockedBy(place, found.holder);
  const number = (before[0] ?? 0) + 1;
  const path = pathOf(folder, number);
  const text = describeMe(now());
  if (!disk.claim(path, text)) return takeLock(place);
  disk.touch(path, now());
  if (numbersIn(place).join() !== [number, ...before].join() || textOf(place, before[0]) !== found?.text) {
    // Others came and went between the look and the claim, so the look is worth nothing.
    disk.remove(path);
    return takeLock(place);
  }
  for (const old of before) disk.remove(pathOf(folder, old));
  const heart = setInterval(() => beat(place, number, text), heartbeatMs).unref();
  return {
    takenOver: found?.holder,
    check: () => check(place, number, text),
    release() {
      clearInterval(heart);
      if (disk.read(path) === text) disk.remove(path);
    },
  };
}

/** Breaks whatever lock there is and tells who held it. */
export function breakLock(place: Place): Holder | undefined {
  const numbers = numbersIn(place);
  const found = foundIn(place, numbers[0]);
  for (const number of numbers) place.disk.remove(pathOf(place.folder, number));
  return found?.holder;
}

function check(place: Place, number: number, text: string): void {
  const successor = foundIn(place, number + 1);
  if (!successor && place.disk.read(pathOf(place.folder, number)) === text) return;
  const by = successor ? ` to ${describe(successor.holder)}` : "";
  throw new ResourceError("LOCKED", `this run lost the lock of ${place.title}${by}`, {
    advice: "Nothing more is written by this run: run the script again when the other has ended.",
  });
}

function beat({ disk, folder, now }: Place, number: number, text: string): void {
  const path = pathOf(folder, number);
  try {
    if (disk.read(path) === text) disk.touch(path, now());
  } catch {
    // The next write meets the same disk and tells.
    return;
  }
}

const pathOf = (folder: string, number: number): string => join(folder, `.lock-${number}`);

/** The numbers of all lock files, highest first. */
function numbersIn({ disk, folder }: Place): number[] {
  return disk
    .list(folder)
    .flatMap((name) => /^\.lock-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

const textOf = ({ disk, folder }: Place, number: number | undefined): string | undefined =>
  number === undefined ? undefined : disk.read(pathOf(folder, number));

function foundIn(place: Place, number: number | undefined): Found | undefined {
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

function lockedBy(place: Place, holder: Holder): ResourceError {
  return new ResourceError("LOCKED", `${place.title} is locked by ${describe(holder)}`, {
    advice: `Wait for that run to end; if it surely has, \`${place.unlock}\` breaks its lock.`,
  });
}

const describe = ({ host, pid, since }: Holder): string => `process ${pid} on ${host} since ${since}`;
