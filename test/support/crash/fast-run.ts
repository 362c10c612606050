import { setTimeout as delay } from "node:timers/promises";
import type { Report } from "../../../src/events.ts";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import type { Clock } from "../../../src/wire/clock.ts";

// Budgets of minutes pass in seconds.
const speed = 50;

/** For how long a new resource does not show, in ms of the machine: a second of the run's time, which waits for nine. */
export const staleReadMs = 20;

const fastClock: Clock = {
  now: () => Date.now() * speed,
  sleep: async (ms) => {
    await delay(ms / speed);
    return true;
  },
};

/** One run of the app `test` on a clock that goes fast. */
export function runFast(
  phase: Report["phase"],
  program: () => Promise<unknown>,
  options: RunOptions,
): Promise<Report> {
  const settings = { ...settingsOf("test", options, {}), region: "us-east-1", clock: fastClock };
  return runAll(settings, { phase }, program);
}
