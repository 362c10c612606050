import type { Entry } from "../../entry.ts";
import type { ResourceError } from "../../errors.ts";
import type { Gathering } from "./group-commit.ts";
import type { LogRecord } from "./records.ts";

/** All that is recorded of a stage. */
export interface Recorded {
  /** Every record by its id, by that of its file where there are files; what cannot be trusted stands as its error. */
  readonly entries: ReadonlyMap<string, Entry | ResourceError>;
  /** What lies in no file of its own name, by the id that it says, refused: to its own id it must not be nothing. */
  readonly misplaced: ReadonlyMap<string, ResourceError>;
}

/**
 * What the holder of a stage records on: files in a folder, or objects elsewhere. What was appended and not yet
 * compacted is the log; what was compacted is the form that whoever looks can read. There is one for each holder, and
 * nothing that a holder still does after it has lost the stage is ever read.
 */
export interface Ledger {
  /** How long records may wait for others; nobody waits without it. */
  readonly gathering?: Gathering;
  /** Fails with `LOCKED` once the stage is another's; a holder that was only halted makes sure of it again first. */
  fence(): Promise<void>;
  /**
   * Resolves when all of a batch is safe and was so before anybody took the stage over: else it fails, with `LOCKED` or
   * `STATE_UNWRITABLE`. A batch is there as a whole or not at all, also after the power has failed.
   */
  append(batch: readonly LogRecord[]): Promise<void>;
  /** All that is recorded: what was compacted, and the log, which has the last word. */
  read(): Promise<Recorded>;
  /**
   * Compacts what is in the log, of this holder and of those before, and drops that. Whoever takes a stage over does so
   * first: a former holder appends from then on to what nobody reads. What cannot be compacted stays in the log.
   */
  compact(): Promise<void>;
}
