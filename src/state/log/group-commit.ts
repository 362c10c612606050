import { setTimeout as pause } from "node:timers/promises";

/** Appends that wait for each other. */
export interface GroupCommit<T> {
  /** Hands a record in; resolves when the batch that it went out with is safe, and fails with that batch. */
  add(record: T): Promise<void>;
  /** Resolves when nothing is under way or waits, however it ended. */
  settle(): Promise<void>;
}

/** How long records wait for others to go out with, where an append costs more than the flush of a disk. */
export interface Gathering {
  /** ms by which each append may wait longer than the one before: who records little is not held up. */
  readonly growMs: number;
  /** ms for which one waits at most. */
  readonly atMostMs: number;
  /** ms without another record after which it waits no longer. */
  readonly quietMs: number;
}

interface Waiting<T> {
  readonly record: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends records out in batches: all that come while one append is under way are the next, so that a thousand records
 * take a few flushes of the disk and one alone waits for nobody. Their order is that in which they came.
 */
export function commitInGroups<T>(
  append: (batch: readonly T[]) => Promise<void>,
  gathering?: Gathering,
): GroupCommit<T> {
  let waiting: Waiting<T>[] = [];
  let appends = 0;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    // What is handed in within the same turn goes out together.
    await Promise.resolve();
    while (waiting.length > 0) {
      if (gathering) await gather(gathering, appends, () => waiting.length);
      appends += 1;
      const batch = waiting;
      waiting = [];
      try {
        await append(batch.map(({ record }) => record));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = undefined;
  };
  return {
    add: (record) =>
      new Promise((resolve, reject) => {
        waiting.push({ record, resolve, reject });
        running ??= run();
      }),
    async settle() {
      await running;
    },
  };
}

/** Waits as long as more records come, and not beyond what one may wait. */
async function gather(
  { growMs, atMostMs, quietMs }: Gathering,
  appends: number,
  count: () => number,
): Promise<void> {
  const mostMs = Math.min(atMostMs, growMs * appends);
  for (let [waited, before] = [0, 0]; waited < mostMs && count() > before; waited += quietMs) {
    before = count();
    await pause(quietMs);
  }
}
