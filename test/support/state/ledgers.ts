import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Entry } from "../../../src/entry.ts";
import { ResourceError } from "../../../src/errors.ts";
import { diskOf } from "../../../src/state/disk.ts";
import { machineClock } from "../../../src/state/lock/clock.ts";
import { breakLock, takeLock } from "../../../src/state/lock/lock.ts";
import { fileLedger } from "../../../src/state/log/file-ledger.ts";
import type { Ledger } from "../../../src/state/log/ledger.ts";
import { logDiskOf } from "../../../src/state/log/log-disk.ts";
import { type LogRecord, idOf } from "../../../src/state/log/records.ts";
import { type ObjectLock, takeObjectLock } from "../../../src/state/s3/lock-object.ts";
import { takeObjectLedger } from "../../../src/state/s3/object-ledger.ts";
import { lockKey } from "../../../src/state/s3/read-stage.ts";
import { fileNameOf } from "../../../src/state/name.ts";
import { scanStage } from "../../../src/state/scan.ts";
import { bucketInMemory } from "./bucket-in-memory.ts";

/** A stage on which ledgers are tried. */
export interface LedgerStage {
  /** Takes the stage, from whomever it is. */
  take(): Promise<Ledger>;
  /** The power fails while the last batch is on its way: some of it is there. */
  tear(): void;
  /** How many logs there are. */
  logs(): number;
  end(): void;
}

/** One in a folder. */
export function stageInFolder(): LedgerStage {
  const root = fs.mkdtempSync(join(tmpdir(), "ledger-"));
  const folder = join(root, "dev");
  const disk = diskOf();
  const names = { title: "the stage", unlock: "unlock" };
  const place = { disk, folder, clock: machineClock, termMs: 30_000, hasThread: false, ...names };
  const logsIn = (): string[] => disk.list(folder).filter((name) => name.startsWith(".log-"));
  const locks: { release(): void }[] = [];
  return {
    async take() {
      breakLock(place);
      const lock = await takeLock(place);
      locks.push(lock);
      const pathOf = (id: string): string => join(folder, `${fileNameOf(id)}.json`);
      return fileLedger({
        disk,
        logs: logDiskOf(fs),
        folder,
        pathOf,
        lock,
        look: () => scanStage(disk, folder),
      });
    },
    tear() {
      for (const name of logsIn())
        fs.truncateSync(join(folder, name), fs.statSync(join(folder, name)).size - 7);
    },
    logs: () => logsIn().length,
    end() {
      for (const lock of locks) lock.release();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

interface Batch {
  readonly records: readonly LogRecord[];
  isTorn: boolean;
}

/** One in memory: a snapshot and a log of batches a holder, as objects in a bucket would be. */
export function stageInMemory(): LedgerStage {
  let snapshot = new Map<string, Entry>();
  const logs = new Map<number, Batch[]>();
  let holder = 0;
  const replayed = (): Map<string, Entry> => {
    const all = new Map(snapshot);
    for (const { records, isTorn } of [...logs.values()].flat())
      for (const record of isTorn ? [] : records) {
        if ("put" in record) all.set(idOf(record), structuredClone(record.put));
        else all.delete(idOf(record));
      }
    return all;
  };
  return {
    async take() {
      holder += 1;
      const mine = holder;
      const fence = async (): Promise<void> => {
        if (holder !== mine) throw new ResourceError("LOCKED", "the stage is another's");
      };
      return {
        fence,
        async append(records) {
          await fence();
          logs.set(mine, [...(logs.get(mine) ?? []), { records: structuredClone(records), isTorn: false }]);
        },
        read: async () => ({ entries: replayed(), misplaced: new Map() }),
        async compact() {
          await fence();
          snapshot = replayed();
          logs.clear();
        },
      };
    },
    tear() {
      const last = [...logs.values()].flat().at(-1);
      if (last) last.isTorn = true;
    },
    logs: () => logs.size,
    end: () => undefined,
  };
}

/** One in a bucket. */
export function stageInBucket(): LedgerStage {
  const bucket = bucketInMemory();
  const place = { bucket, folder: "team/shop/dev/" };
  const names = { title: "the stage", unlock: "unlock" };
  const site = { ...place, ...names, key: lockKey(place), clock: machineClock, termMs: 30_000 };
  const locks: ObjectLock[] = [];
  const batches = (): string[] =>
    [...bucket.objects]
      .filter(([key, { text }]) => key.startsWith(`${place.folder}log/`) && text.split("\n").length > 3)
      .map(([key]) => key)
      .toSorted();
  return {
    async take() {
      const lock = await takeObjectLock(site, { isForced: true });
      locks.push(lock);
      return takeObjectLedger(place, lock);
    },
    tear() {
      // An object is there whole or not at all.
      bucket.objects.delete(batches().at(-1) ?? "");
    },
    logs: () => new Set(batches().map((key) => key.split("-")[0])).size,
    end() {
      for (const lock of locks) void lock.release();
    },
  };
}
