import { Worker } from "node:worker_threads";
import { sleptAtFirst } from "./clock.ts";

/** What a thread needs in order to beat for a lock. */
export interface Beating {
  readonly path: string;
  /** What the file begins with, as long as it is this lock. */
  readonly head: string;
  readonly countDigits: number;
  readonly atDigits: number;
  readonly everyMs: number;
  /** ms after which a holder counts itself out. */
  readonly termMs: number;
  /** See Pulse. */
  readonly cells: BigInt64Array;
}

/**
 * A thread that beats for the locks of this process, whatever its script does: a build that blocks the event loop for
 * minutes would silence a heart that beats there. It is text, so that it runs alike from sources, from `dist` and under
 * a loader (none is inherited), and takes nothing of this process along.
 *
 * It counts a lock whose last beat is over a term ago as lost, before the write and after: a beat that comes too late
 * must not make up for the silence before it, in which another run may have come to its verdict. The file is opened
 * anew each time and asked whose it is: it may have been broken and made by another, and closing is what brings the
 * beat to others on a network disk.
 */
const code = `
const { parentPort, workerData } = require("node:worker_threads");
const { openSync, readSync, writeSync, closeSync } = require("node:fs");
const { uptime } = require("node:os");
const timers = new Map();
const awakeMs = () => { const [s, ns] = process.hrtime(); return s * 1000 + ns / 1e6; };
const now = () => {
  const awake = awakeMs();
  const slept = process.platform === "linux" ? uptime() * 1000 - awake - workerData : 0;
  return awake + (slept > 50 ? slept : 0);
};
const write = ({ path, head, countDigits, atDigits, cells }) => {
  const file = openSync(path, "r+");
  try {
    const found = Buffer.alloc(head.length);
    readSync(file, found, 0, found.length, 0);
    if (!found.equals(head)) throw new Error("not this lock");
    const count = String(Atomics.add(cells, 1, 1n) + 1n).padStart(countDigits, "0");
    const at = String(Math.floor(awakeMs())).padStart(atDigits, "0");
    writeSync(file, count + " " + at, head.length);
  } finally {
    closeSync(file);
  }
};
const beat = (lock) => {
  const last = Number(Atomics.load(lock.cells, 0));
  const at = now();
  if (at - last > lock.termMs) return;
  try {
    write(lock);
    if (now() - last <= lock.termMs) Atomics.store(lock.cells, 0, BigInt(Math.floor(at)));
  } catch {
    // The next beat tries again, and after its term the holder counts itself out.
  }
};
parentPort.on("message", ({ key, lock }) => {
  clearInterval(timers.get(key));
  timers.delete(key);
  if (!lock) return;
  const mine = { ...lock, head: Buffer.from(lock.head) };
  timers.set(key, setInterval(beat, lock.everyMs, mine));
  beat(mine);
});
`;

let thread: Worker | undefined;
let lastKey = 0;

/**
 * Has the thread of this process beat for a lock until the function that is returned is called. There is one for all
 * locks; it is started by the first, keeps no process alive, and where it may not run (`--permission`) or ends, whoever
 * beats in the event loop goes on alone.
 */
export function beatInThread(lock: Beating): () => void {
  lastKey += 1;
  const key = lastKey;
  try {
    thread ??= startThread();
    thread.postMessage({ key, lock }, []);
  } catch {
    return () => undefined;
  }
  const used = thread;
  return () => used.postMessage({ key }, []);
}

function startThread(): Worker {
  const started = new Worker(code, { eval: true, workerData: sleptAtFirst, execArgv: [], env: {} });
  const forget = (): void => {
    if (thread === started) thread = undefined;
  };
  started.on("error", forget);
  started.on("exit", forget);
  started.unref();
  return started;
}
