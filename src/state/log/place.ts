import type { Disk, LogDisk } from "../disk.ts";
import type { Recorded } from "./ledger.ts";

/** What a stage's log writes to, and how it asks whether the stage is still its holder's. */
export interface LogPlace {
  readonly disk: Disk;
  readonly logs: LogDisk;
  readonly folder: string;
  /** The path of an entry's file. */
  readonly pathOf: (id: string) => string;
  /** Reads all that is recorded there. */
  readonly look: () => Recorded;
  readonly lock: {
    /** Throws `LOCKED` once the stage is another's. */
    check(): void;
    /** The same, but first renews a lock whose holder was only busy. */
    renew(): void;
  };
}
