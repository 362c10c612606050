import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { isProps } from "../../json.ts";
import type { Disk } from "../disk.ts";
import type { Holder } from "../../author.ts";
import { authorIn, authorOf } from "../author/author.ts";
import { type LockClock, awakeMs } from "./clock.ts";
import { type Machine, isRunning, isSameMachine, startOf, thisMachine } from "./machine.ts";

// A lock file is one line of JSON. Its last member is the heartbeat, a counter of fixed width that its holder overwrites
// where it stands: whoever waits for the stage watches whether it moves. Beside the count stands the instant of the beat
// on the kernel's monotonic clock, which says something on the same machine alone: that one need not be watched. A lock
// file of 0.1 has no heartbeat; its holder touches the file instead, so that one is watched by when it was touched last,
// which is held against no clock either.

/** The stage to lock: its folder on a disk, and what to call it in messages. */
export interface LockPlace {
  readonly disk: Disk;
  readonly folder: string;
  readonly title: string;
  /** The command that breaks its lock. */
  readonly unlock: string;
  readonly clock: LockClock;
  /** ms for which a heartbeat must stand still before its holder counts as dead. */
  readonly termMs: number;
  /** Whether a thread may beat, which knows the files of this machine and its clock alone. */
  readonly hasThread: boolean;
}

/** A lock as it was found. */
export interface Found {
  readonly number: number;
  readonly holder: Holder;
  /** Which lock it is, whatever its heartbeat. */
  readonly key: string;
  /** Changes with every heartbeat, and with nothing else. */
  readonly sign: string;
  /** The term that its holder goes by, in ms. */
  readonly termMs: number;
  readonly machine: Machine;
  readonly startedAt: string | undefined;
  /** Its last beat, in ms on the monotonic clock of its machine. */
  readonly beatAt: number | undefined;
}

export const pathOf = (folder: string, number: number): string => join(folder, `.lock-${number}`);

/** The numbers of all lock files, highest first. */
export function numbersIn({ disk, folder }: LockPlace): number[] {
  return disk
    .list(folder)
    .flatMap((name) => /^\.lock-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

/** The lock of a number as it is now. */
export function foundIn({ disk, folder }: LockPlace, number: number | undefined): Found | undefined {
  if (number === undefined) return undefined;
  const path = pathOf(folder, number);
  const text = disk.read(path);
  return text === undefined ? undefined : foundFrom(text, number, disk.touchedAt(path));
}

/** The lock that a text says; one without a heartbeat is told by when it was touched, epoch ms. */
export function foundFrom(text: string, number: number, touched?: number): Found {
  const said = membersOf(text);
  const { beat, ...rest } = said;
  const beats = typeof beat === "string";
  const holder = holderFrom(said, touched);
  return {
    number,
    holder,
    key: beats ? JSON.stringify(rest) : text,
    sign: beats ? text : `${text} ${touched}`,
    termMs: typeof said.term === "number" && isTerm(said.term) ? said.term : usualTermMs,
    machine: { host: holder.host, boot: textIn(said.boot), space: textIn(said.space) },
    startedAt: textIn(said.startedAt),
    beatAt: beats ? Number(beat.split(" ")[1]) : undefined,
  };
}

/** The term of 0.1, and of every lock that does not state another. */
export const usualTermMs = 30_000;

/** Tells whether a term in ms is one that a heart can keep and somebody would wait for. */
export const isTerm = (ms: number): boolean => ms >= 100 && ms <= 3_600_000;

/** ms after which a holder counts itself out: sooner than others do, for a request takes time. */
export const ownTermOf = ({ termMs }: Pick<LockPlace, "termMs">): number => (termMs * 2) / 3;

/** Tells whether the process of a lock is surely no more; one elsewhere, or nobody knows where, never is. */
export const isGone = ({ holder: { pid }, machine, startedAt }: Found): boolean =>
  pid > 0 && isSameMachine(machine, thisMachine()) && !isRunning(pid, startedAt);

/** How long ago a process of this machine that still runs has beaten, in ms; undefined where that cannot be told. */
export function beatAgeOf({ holder: { pid }, machine, startedAt, beatAt }: Found): number | undefined {
  if (beatAt === undefined || pid <= 0 || !isSameMachine(machine, thisMachine())) return undefined;
  const age = awakeMs() - beatAt;
  return age >= 0 && isRunning(pid, startedAt) ? age : undefined;
}

/** What a new lock of this process says of its holder, unlike any other. */
export function holderOfMine(
  termMs: number,
): Readonly<Record<string, unknown>> & { readonly holder: string } {
  const { pid } = process;
  return {
    version: 2,
    holder: randomUUID(),
    ...authorOf(),
    ...thisMachine(),
    pid,
    startedAt: startOf(pid),
    since: new Date().toISOString(),
    term: termMs,
  };
}

/** The text of a new lock of this process up to its heartbeat. */
export const headOfMine = ({ termMs }: LockPlace): string =>
  JSON.stringify({ ...holderOfMine(termMs), beat: "" }).slice(0, -tail.length);

const tail = '"}';

/** A heartbeat, which stands behind the head: a count, and when; always as long as the one before. */
export const beatText = (count: bigint): string =>
  `${String(count).padStart(countDigits, "0")} ${String(Math.floor(awakeMs())).padStart(atDigits, "0")}`;

/** How many digits a count has, and an instant in ms. */
export const countDigits = 12;
export const atDigits = 15;

/** The whole text of a lock whose heart has not beaten yet. */
export const newLockText = (head: string): string => `${head}${beatText(0n)}${tail}\n`;

function holderFrom(said: LockFile, touched: number | undefined): Holder {
  const { pid, since } = said;
  return {
    host: "an unknown host",
    ...authorIn(said),
    pid: typeof pid === "number" ? pid : 0,
    since: textIn(since) ?? (touched === undefined ? "an unknown time" : new Date(touched).toISOString()),
  };
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

interface LockFile {
  readonly pid?: unknown;
  readonly since?: unknown;
  readonly startedAt?: unknown;
  readonly boot?: unknown;
  readonly space?: unknown;
  readonly term?: unknown;
  readonly beat?: unknown;
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
