import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { entryText } from "../entry-text.ts";
import type { LogFile } from "../disk.ts";
import { makeCompaction } from "./compaction.ts";
import type { Ledger } from "./ledger.ts";
import type { LogPlace } from "./place.ts";
import { isLog, readLogs } from "./read-logs.ts";
import { type LogRecord, encodeBatch, logHeader } from "./records.ts";

// A stage's folder holds one file a resource, and while a run holds the stage, a log `.log-<uuid>` of what it records.
// Who reads a stage reads the logs first and the files after them, and lets the logs have the last word: a file may be
// newer than the log was when it was read, never older than what is missing in it. Who takes the stage over brings the
// files up to date by the logs that it finds and removes them. So a holder that was silent meanwhile appends to a file
// that nobody reads, and learns of it when it asks for its lock after the flush. A log is made after the lock is taken
// and is empty when its maker asks for the lock once more: one made too late never holds a record.

interface OwnLog {
  readonly path: string;
  readonly file: LogFile;
}

/** Records in a folder with a log: nothing is made before the first batch, and files follow beside the run. */
export function fileLedger(place: LogPlace): Ledger {
  const { disk, logs, folder, lock, look } = place;
  let own: OwnLog | undefined;
  const files = makeCompaction(place);
  const begin = async (): Promise<OwnLog> => {
    const path = join(folder, `.log-${randomUUID()}`);
    const file = logs.create(path);
    try {
      await file.append(logHeader);
      await logs.sync(folder);
      lock.check();
    } catch (error) {
      file.close();
      disk.remove(path);
      throw error;
    }
    return { path, file };
  };
  const drop = async ({ path, file }: OwnLog): Promise<void> => {
    try {
      await files.finish();
      await logs.sync(folder);
      lock.check();
      disk.remove(path);
    } finally {
      own = undefined;
      file.close();
    }
  };
  return {
    fence: async () => lock.renew(),
    async append(batch) {
      lock.renew();
      own ??= await begin();
      await own.file.append(encodeBatch(batch));
      // Whoever took the stage over before this has read the log without what was just appended.
      lock.check();
      for (const record of batch) files.enter(record);
    },
    read: async () => look(),
    async compact() {
      if (own) await drop(own);
      else compactLogs(place);
    },
  };
}

/**
 * Brings the files up to date by the logs that earlier holders have left, and removes the logs. Fails where a log or
 * the file of an entry in it cannot be read: nothing that was recorded is overwritten or dropped.
 */
function compactLogs({ disk, folder, pathOf, lock }: LogPlace): void {
  const left = disk.list(folder).filter(isLog);
  if (left.length === 0) return;
  const { words, unreadable } = readLogs(disk, folder);
  for (const error of unreadable.values()) throw error;
  for (const [id, entry] of words) {
    if (entry) disk.write(pathOf(id), entryText(entry), () => lock.check());
    else {
      lock.check();
      disk.remove(pathOf(id));
    }
  }
  lock.check();
  for (const log of left) disk.remove(join(folder, log));
}

/** Records where nothing outlives the process: every record is its own file at once, and there is no log. */
export function unloggedLedger({ disk, pathOf, lock, look }: Omit<LogPlace, "logs">): Ledger {
  const write = (record: LogRecord): void => {
    if ("put" in record) disk.write(pathOf(record.put.id), entryText(record.put), () => lock.check());
    else {
      lock.check();
      disk.remove(pathOf(record.remove));
    }
  };
  return {
    fence: async () => lock.renew(),
    async append(batch) {
      lock.renew();
      for (const record of batch) write(record);
    },
    read: async () => look(),
    compact: () => Promise.resolve(),
  };
}
