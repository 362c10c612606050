import { readFileSync, readlinkSync } from "node:fs";
import { hostname, uptime } from "node:os";

/**
 * Where a number tells a process from every other. A host's name does not: containers share it and have process numbers
 * of their own, images are cloned with it, and after a restart the numbers begin anew.
 */
export interface Machine {
  readonly host: string;
  /** Which start of which kernel this is; undefined where the system does not say. */
  readonly boot: string | undefined;
  /** Which space of process numbers; undefined where the system knows none or does not say. */
  readonly space: string | undefined;
}

/** What is asked of the system, so that a test can be another one. */
export interface System {
  readonly platform: string;
  readonly read: (path: string) => string;
  readonly readLink: (path: string) => string;
  /** Epoch s, s since boot. */
  readonly seconds: () => number;
  readonly uptime: () => number;
}

const thisSystem: System = {
  platform: process.platform,
  read: (path) => readFileSync(path, "utf8"),
  readLink: (path) => readlinkSync(path),
  seconds: () => Math.floor(Date.now() / 1_000),
  uptime,
};

/** The machine that this process runs on. */
export function thisMachine(system: System = thisSystem): Machine {
  const host = hostname();
  if (system.platform === "darwin") return { host, boot: bootSecondOf(system), space: "" };
  return {
    host,
    boot: unlessRefused(() => system.read("/proc/sys/kernel/random/boot_id").trim()),
    space: unlessRefused(() => system.readLink("/proc/self/ns/pid")),
  };
}

/**
 * The second in which macOS was started (`sysctl kern.boottime`), from which its `uptime` is counted. It moves when the
 * clock is set; then it fits no longer, and processes are judged by their heartbeats alone.
 */
function bootSecondOf({ seconds, uptime: upFor }: System): string {
  for (;;) {
    const before = seconds();
    const boot = before - Math.floor(upFor());
    if (seconds() === before) return String(boot);
  }
}

/** Tells whether two machines are surely one, in one run of it, where a number means the same process. */
export const isSameMachine = (a: Machine, b: Machine): boolean =>
  a.host === b.host &&
  a.boot !== undefined &&
  a.boot === b.boot &&
  a.space !== undefined &&
  a.space === b.space;

/** Tells whether a process of this machine still runs: the same one, where the system tells when a process began. */
export function isRunning(pid: number, startedAt: string | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  const [state, now] = statOf(pid);
  // A zombie has ended, and only its parent has not asked how.
  if (state === "Z" || state === "X") return false;
  return now === undefined || startedAt === undefined || now === startedAt;
}

/** When a process began, in clock ticks since boot; undefined where there is no /proc. */
export const startOf = (pid: number): string | undefined => statOf(pid)[1];

/** State and start of a process: fields 3 and 22 of proc(5). */
function statOf(pid: number): readonly [state?: string | undefined, startedAt?: string | undefined] {
  const stat = unlessRefused(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (stat === undefined) return [];
  // Field 2 is the program's name in parentheses and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [fields[0], fields[19]];
}

function unlessRefused<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
