import { isResourceError } from "../../errors.ts";
import { commitInGroups } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import type { LogRecord } from "./records.ts";

/** The log of one run that holds a stage. */
export interface StageLog {
  /** Resolves when the record is safe; `STATE_UNWRITABLE` or `LOCKED` when it is not. */
  add(record: LogRecord): Promise<void>;
  /** Waits for what is under way, and compacts it; what cannot be compacted stays in the log. */
  close(): Promise<void>;
}

/** Opens the log of the holder of a stage: what is handed in while a batch is under way goes out as the next. */
export function openStageLog(ledger: Ledger): StageLog {
  const commits = commitInGroups<LogRecord>((batch) => ledger.append(batch), ledger.gathering);
  let isEmpty = true;
  const end = async (): Promise<void> => {
    await commits.settle();
    if (isEmpty) return;
    try {
      await ledger.compact();
    } catch (error) {
      // Whoever has the stage now has read this log already.
      if (!isResourceError(error) || error.code !== "LOCKED") throw error;
    }
  };
  let ended: Promise<void> | undefined;
  return {
    add(record) {
      isEmpty = false;
      return commits.add(record);
    },
    close: () => (ended ??= end()),
  };
}
