import * as fs from "node:fs";
import { join } from "node:path";
import { startOf, thisMachine } from "../../../src/state/lock/machine.ts";
import type { HastyClock } from "./hasty-clock.ts";
import { hastyClock } from "./hasty-clock.ts";

/** Which lock of which app. */
export interface LeftAt {
  readonly number?: number;
  readonly app?: string;
}

/** The folder of the stage that these tests lock. */
export const stageIn = (folder: string, app: string = "shop"): string => join(folder, app, "dev");

/** The lock files of that stage. */
export const locksIn = (folder: string): string[] =>
  fs.readdirSync(stageIn(folder)).filter((name) => name.includes("lock"));

export const lockAt = (folder: string, number: number, app?: string): string =>
  join(stageIn(folder, app), `.lock-${number}`);

/** Above the largest pid that Linux, macOS or Windows hands out. */
export const deadPid = 2 ** 30;

export const since = "2026-01-02T03:04:05.000Z";

/** What a lock of this very process would say. */
export const ofMine = { ...thisMachine(), pid: process.pid, startedAt: startOf(process.pid), since };

/** One of a machine that nobody here knows. */
export const ofElsewhere = { host: "elsewhere.example", boot: "another", space: "pid:[1]", pid: 7, since };

/** Leaves a lock as another process would have: text as it is, else with a heartbeat that stands. */
export function leaveLock(folder: string, said: string | object, at: LeftAt = {}): void {
  fs.mkdirSync(stageIn(folder, at.app), { recursive: true });
  const text = typeof said === "string" ? said : textOf(said, 0);
  fs.writeFileSync(lockAt(folder, at.number ?? 1, at.app), text);
}

/** Leaves one as version 0.1 did, which has no heartbeat but when the file was touched. */
export function leaveOldLock(folder: string, said: object, touchedMs: number): void {
  leaveLock(folder, `${JSON.stringify(said)}\n`);
  fs.utimesSync(lockAt(folder, 1), touchedMs / 1_000, touchedMs / 1_000);
}

/** Has a lock that was left beat once more. */
export function beat(folder: string, said: object, count: number, at: LeftAt = {}): void {
  fs.writeFileSync(lockAt(folder, at.number ?? 1, at.app), textOf(said, count));
}

/** As long ago as a machine can have been started: whoever it is must be watched. */
const beatOf = (count: number): string => `${String(count).padStart(12, "0")} 000000000000000`;

const textOf = (said: object, count: number): string =>
  `${JSON.stringify({ version: 2, holder: "x", term: 30_000, ...said, beat: beatOf(count) })}\n`;

/** A clock that has something happen once so many ms were waited for on it. */
export function clockWith(afterMs: number, happen: () => unknown): HastyClock {
  const clock = hastyClock();
  let isDone = false;
  return {
    ...clock,
    sleep: async (ms) => {
      await clock.sleep(ms);
      if (isDone || clock.passed() < afterMs) return;
      isDone = true;
      await happen();
    },
  };
}
