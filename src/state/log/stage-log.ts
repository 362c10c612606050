import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { isResourceError } from "../../errors.ts";
import { entryText } from "../entry-text.ts";
import type { LogFile } from "../disk.ts";
import { makeCompaction } from "./compaction.ts";
import { commitInGroups } from "./group-commit.ts";
import type { LogPlace } from "./place.ts";
import { isLog, readLogs } from "./read-logs.ts";
import { type LogRecord, encodeBatch, logHeader } from "./records.ts";

// A stage's folder holds one file a resource, and while a run holds the stage, a log `.log-<uuid>` of what it records.
// Who reads a stage reads the logs first and the files after them, and lets the logs have the last word: a file may be
// newer than the log was when it was read, never older than what is missing in it. Who takes the stage over brings the
// files up to date by the logs that it finds and removes them. So a holder that was silent meanwhile appends to a file
// that nobody reads, and learns of it when it asks for its lock after the flush. A log is made after the lock is taken
// and is empty when its maker asks for the lock once more: one made too late never holds a record.

/** The log of one run that holds a stage. */
export interface StageLog {
  /** Resolves when the record is safe; `STATE_UNWRITABLE` or `LOCKED` when it is not. */
  add(record: LogRecord): Promise<void>;
  /** Brings the files up to date and removes the log; what cannot be brought up to date stays in it. */
  close(): Promise<void>;
}

/** Opens a log for the holder of a stage; nothing is made before the first record. */
export function openStageLog(place: LogPlace): StageLog {
  const { disk, logs, folder, lock } = place;
  const path = join(folder, `.log-${randomUUID()}`);
  let file: LogFile | undefined;
  const files = makeCompaction(place);
  const begin = async (): Promise<LogFile> => {
    const made = logs.create(path);
    try {
      await made.append(logHeader);
      await logs.sync(folder);
      lock.check();
    } catch (error) {
      made.close();
      disk.remove(path);
      throw error;
    }
    return made;
  };
  const commits = commitInGroups<LogRecord>(async (batch) => {
    lock.renew();
    file ??= await begin();
    await file.append(encodeBatch(batch));
    // Whoever took the stage over before this has read the log without what was just appended.
    lock.check();
    for (const record of batch) files.enter(record);
  });
  const end = async (): Promise<void> => {
    await commits.settle();
    if (!file) return;
    try {
      await files.finish();
      await logs.sync(folder);
      lock.check();
      disk.remove(path);
    } catch (error) {
      // Whoever has the stage now has read this log already.
      if (!isResourceError(error) || error.code !== "LOCKED") throw error;
    } finally {
      file.close();
    }
  };
  let ended: Promise<void> | undefined;
  return {
    add: (record) => commits.add(record),
    close: () => (ended ??= end()),
  };
}

interface LockCheck {
  readonly lock: Pick<LogPlace["lock"], "check">;
}

/**
 * Brings the files up to date by the logs that earlier holders have left, and removes the logs. Fails where a log or
 * the file of an entry in it cannot be read: nothing that was recorded is overwritten or dropped.
 */
export function compactLogs(place: Pick<LogPlace, "disk" | "folder" | "pathOf"> & LockCheck): void {
  const { disk, folder, pathOf, lock } = place;
  const left = disk.list(folder).filter(isLog);
  if (left.length === 0) return;
  const { words, unreadable } = readLogs(disk, folder);
  for (const error of unreadable.values()) throw error;
  for (const [id, entry] of words) {
    if (entry) disk.write(pathOf(id), entryText(entry), () => lock.check());
    else disk.remove(pathOf(id));
  }
  lock.check();
  for (const file of left) disk.remove(join(folder, file));
}
