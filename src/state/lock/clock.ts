import { uptime } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/** The time of a lock. Nobody's time of day is asked: it is set by hand, and is not that of the next machine. */
export interface LockClock {
  /** ms since some instant, on a clock that is never set. */
  now(): number;
  /** Resolves after `ms`, or sooner when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
}

/** ms on the monotonic clock of the kernel, which all processes of one machine share. */
export const awakeMs = (): number => {
  const [s, ns] = process.hrtime();
  return s * 1_000 + ns / 1e6;
};

/**
 * How long this machine has slept since it was started, in ms. On Linux the monotonic clock (CLOCK_MONOTONIC, which
 * `hrtime` tells) stands still while the machine is suspended, and the time since boot (CLOCK_BOOTTIME, which `uptime`
 * tells) does not; elsewhere `hrtime` counts the sleep itself.
 */
function sleptMs(): number {
  if (process.platform !== "linux") return 0;
  // To ask costs a read of /proc, and every write asks. Time of day goes on while the machine sleeps: where it has gone
  // no further than the monotonic clock, nothing has happened since. Set by hand, it is asked once too often.
  const apart = Date.now() - awakeMs();
  if (asked === undefined || Math.abs(apart - asked.apart) > shortestSleepMs / 4)
    asked = { apart, slept: uptime() * 1_000 - awakeMs() };
  return asked.slept;
}

/** What was asked last: how long the machine had slept, and how far apart the two clocks were then, in ms. */
let asked: { readonly apart: number; readonly slept: number } | undefined;

/** `uptime` tells hundredths of a second: what is less is no sleep. */
const shortestSleepMs = 50;

/** What `sleptMs` said at first, for whoever counts on from there: the hearts of one lock count alike. */
export const sleptAtFirst: number = sleptMs();

/**
 * The machine's clock, its sleep included: who slept for longer than its term has been silent for as long. What it does
 * not tell is that a virtual machine was halted from outside. Then the lock file does, which is read before every send.
 */
export const machineClock: LockClock = {
  now() {
    const slept = sleptMs() - sleptAtFirst;
    return awakeMs() + (slept > shortestSleepMs ? slept : 0);
  },
  sleep: (ms, signal) => pause(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
};
