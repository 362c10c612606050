import type { Entry } from "../entry.ts";
import { type KnownIds, knownIdsIn } from "./known-ids.ts";
import type { Ledger } from "./log/ledger.ts";
import { openStageLog } from "./log/stage-log.ts";
import type { Scan } from "./scan.ts";

/** A stage while this run holds it: nobody else writes there, so that what is there need be looked up only once. */
export interface HeldStage {
  /** Takes note of what was found in the stage. */
  learn(seen: Scan): void;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
  /** Brings what is read up to date and gives the stage back. */
  release(): Promise<void>;
}

/** Holds a stage, whose former holders have left no log in what it is recorded on. `free` gives it back. */
export function holdStage(ledger: Ledger, free: () => void | Promise<void>): HeldStage {
  const log = openStageLog(ledger);
  let ids: KnownIds | undefined;
  const known = async (): Promise<KnownIds> => {
    if (ids) return ids;
    const seen = await ledger.read();
    return (ids ??= knownIdsIn(seen));
  };
  return {
    learn(seen) {
      ids = knownIdsIn(seen);
    },
    async put(entry) {
      const all = await known();
      all.require(entry.id);
      all.add(entry.id);
      await log.add({ put: entry });
    },
    async remove(id) {
      const all = await known();
      all.require(id);
      // Nothing is written then that would tell.
      if (!all.has(id)) return ledger.fence();
      // Before anything is awaited: what is put meanwhile is there again.
      all.delete(id);
      try {
        await log.add({ remove: id });
      } catch (error) {
        all.add(id);
        throw error;
      }
    },
    async release() {
      try {
        await log.close();
      } finally {
        await free();
      }
    },
  };
}
