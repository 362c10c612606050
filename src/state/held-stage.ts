import type { Entry } from "../entry.ts";
import type { Disk } from "./disk.ts";
import { entryText } from "./entry-text.ts";
import { type KnownIds, knownIdsIn } from "./known-ids.ts";
import type { HeldLock } from "./lock/lock.ts";
import { compactLogs, openStageLog } from "./log/stage-log.ts";
import type { Scan } from "./scan.ts";

/** The files of a stage. */
export interface StageFiles {
  readonly disk: Disk;
  readonly folder: string;
  /** The path of an entry's file. */
  readonly pathOf: (id: string) => string;
}

/** A stage while this run holds it: nobody else writes there, so that what is there need be looked up only once. */
export interface HeldStage {
  /** Takes note of what was found in the stage. */
  learn(seen: Scan): void;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
  /** Brings the files up to date and gives the lock back. */
  release(): Promise<void>;
}

/**
 * Holds a stage by its lock. What earlier holders have left in logs is brought into its files first; where that fails
 * the lock is given back. Without logs, where nothing outlives the process, every write is its own file at once.
 */
export function holdStage(files: StageFiles, lock: HeldLock, look: () => Scan): HeldStage {
  const { disk, folder, pathOf } = files;
  const { logs } = disk;
  bringUpToDate(files, lock);
  const log = logs && openStageLog({ disk, logs, folder, pathOf, lock });
  let ids: KnownIds | undefined;
  const requireKnown = (id: string): KnownIds => {
    ids ??= knownIdsIn(look());
    ids.require(id);
    return ids;
  };
  const write = async (entry: Entry): Promise<void> => {
    if (log) return log.add({ put: entry });
    lock.renew();
    disk.write(pathOf(entry.id), entryText(entry), () => lock.check());
  };
  return {
    learn(seen) {
      ids = knownIdsIn(seen);
    },
    async put(entry) {
      requireKnown(entry.id).add(entry.id);
      await write(entry);
    },
    async remove(id) {
      const known = requireKnown(id);
      lock.renew();
      lock.check();
      if (!known.has(id)) return;
      // Before anything is awaited: what is put meanwhile is there again.
      known.delete(id);
      try {
        if (log) await log.add({ remove: id });
        else disk.remove(pathOf(id));
      } catch (error) {
        known.add(id);
        throw error;
      }
    },
    async release() {
      try {
        await log?.close();
      } finally {
        lock.release();
      }
    },
  };
}

/** Brings the files up to date by the logs that are there; where that fails the lock is given back. */
export function bringUpToDate({ disk, folder, pathOf }: StageFiles, lock: HeldLock): void {
  if (!disk.logs) return;
  try {
    compactLogs({ disk, folder, pathOf, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}
