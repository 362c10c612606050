import { join, resolve } from "node:path";
import type { Entry } from "../entry.ts";
import { type ResourceError, UsageError, isResourceError } from "../errors.ts";
import type { Holder } from "../author.ts";
import type { OptionNames } from "../known-options.ts";
import { beginWithIgnore } from "./begin.ts";
import type { Disk } from "./disk.ts";
import { keyFileIn } from "./key.ts";
import { type Keys, keysOf } from "./keys.ts";
import { entryText } from "./entry-text.ts";
import { type HeldStage, holdStage } from "./held-stage.ts";
import { hasRuns, historyFolder, runsOnDisk } from "./history/runs-on-disk.ts";
import { type LockClock, machineClock } from "./lock/clock.ts";
import { type HeldLock, breakLock, lookAtLock, takeLock } from "./lock/lock.ts";
import { type LockPlace, isTerm, usualTermMs } from "./lock/lock-file.ts";
import { fileLedger, unloggedLedger } from "./log/file-ledger.ts";
import type { Ledger } from "./log/ledger.ts";
import type { LogPlace } from "./log/place.ts";
import { isLog } from "./log/read-logs.ts";
import { learnedIn } from "./learned.ts";
import { checkId, fileNameOf, nameOf } from "./name.ts";
import { type Scan, readEntry, scanStage, stem, suffix } from "./scan.ts";
import type { StageName, StageState, StateStore } from "./store.ts";

/** What a store stands on: `<folder>/<app>/<stage>/<id>.json` on a disk, its key, and how its locks are kept. */
interface Ground extends Pick<LockPlace, "clock" | "termMs" | "hasThread"> {
  readonly disk: Disk;
  readonly folder: string;
  readonly keys: Keys;
}

/** How a store may differ from the usual one. */
export interface StoreOptions {
  /** 32 bytes as hex or base64, or any other text; without it the store makes a key file of its own. */
  readonly key?: string | undefined;
  /**
   * ms for which the heartbeat of a lock must stand still before its holder counts as dead, 100 to 3,600,000; 30,000 by
   * default. A lock says its own, by which whoever wants it goes.
   */
  readonly lockTerm?: number | undefined;
  /** The clock by which locks are kept and watched, instead of the machine's monotonic one. */
  readonly lockClock?: LockClock | undefined;
}

/** Their names. */
export const storeOptions: OptionNames<StoreOptions> = { key: true, lockTerm: true, lockClock: true };

/** The term of a store's locks in ms; one that no heart can keep, or nobody would wait for, is a UsageError. */
export function termOf({ lockTerm = usualTermMs }: StoreOptions): number {
  if (isTerm(lockTerm)) return lockTerm;
  throw new UsageError(`lockTerm is a number of ms from 100 to 3,600,000; given was ${String(lockTerm)}`);
}

/** Builds a store over a disk, real or not. */
export function storeOn(bare: Disk, folder: string, options: StoreOptions = {}): StateStore {
  const { key: given, lockClock: clock = machineClock } = options;
  const termMs = termOf(options);
  const disk = beginWithIgnore(bare, folder);
  const hasThread = disk.isOfMachine === true && clock === machineClock;
  const all = (): Iterable<Scan["entries"]> =>
    stagesIn(disk, folder, isUsed).map(
      ({ app, stage }) => scanStage(disk, folderOf(folder, app, stage)).entries,
    );
  const key = keyFileIn(disk, folder);
  const keys = keysOf({ place: key, given, all });
  const ground: Ground = { disk, folder, keys, clock, termMs, hasThread };
  return {
    open: async (app, stage) => stageAt(ground, placeOf(ground, app, stage)),
    unlock: async (app, stage) => unlockAt(placeOf(ground, app, stage)),
    stages: async () => stagesIn(disk, folder, isUsed),
    stagesWithRuns: async () =>
      stagesIn(disk, folder, (files) => files.includes(historyFolder)).filter(({ app, stage }) =>
        hasRuns(disk, folderOf(folder, app, stage)),
      ),
    ownKey: given === undefined ? key : undefined,
    ...(disk.isOfMachine === true && { place: resolve(folder) }),
    learned: learnedIn(disk, folder),
  };
}

/**
 * Breaks a lock, and leaves its former holder no log that anybody would read: under a lock of our own, for a run that
 * begins in this very moment has read it already, and has begun one of its own.
 */
async function unlockAt(place: LockPlace): Promise<Holder | undefined> {
  const holder = breakLock(place);
  const { disk, folder } = place;
  if (!disk.list(folder).some(isLog)) return holder;
  try {
    const lock = await takeLock(place);
    await takeLedger(filesAt(place), lock);
    lock.release();
  } catch (error) {
    if (!isResourceError(error) || error.code !== "LOCKED") throw error;
  }
  return holder;
}

/** The files of a stage. */
type StageFiles = Pick<LogPlace, "disk" | "folder" | "pathOf">;

/** What a stage is recorded on, with all that earlier holders have left in logs; where that fails the lock is given back. */
async function takeLedger(files: StageFiles, lock: HeldLock): Promise<Ledger> {
  const { disk, folder } = files;
  const place = { ...files, lock, look: () => scanStage(disk, folder) };
  const ledger = disk.logs ? fileLedger({ ...place, logs: disk.logs }) : unloggedLedger(place);
  try {
    await ledger.compact();
    return ledger;
  } catch (error) {
    lock.release();
    throw error;
  }
}

const filesAt = ({ disk, folder }: LockPlace): StageFiles => ({
  disk,
  folder,
  pathOf: (id) => join(folder, fileNameOf(id) + suffix),
});

const folderOf = (folder: string, app: string, stage: string): string =>
  join(folder, fileNameOf(app), fileNameOf(stage));

const isUsed = (files: readonly string[]): boolean =>
  files.some((file) => file.endsWith(suffix) || isLog(file));

/** The stages whose files are such. */
function stagesIn(disk: Disk, folder: string, isMeant: (files: readonly string[]) => boolean): StageName[] {
  const filesIn = (path: string): string[] => {
    try {
      return disk.list(path);
    } catch {
      // What is no folder is none of ours.
      return [];
    }
  };
  const namesIn = (path: string): string[] =>
    filesIn(path).flatMap((file) => (file.startsWith(".") ? [] : (nameOf(file) ?? [])));
  return namesIn(folder)
    .flatMap((app) => namesIn(join(folder, fileNameOf(app))).map((stage) => ({ app, stage })))
    .filter(({ app, stage }) => isMeant(filesIn(folderOf(folder, app, stage))))
    .toSorted((a, b) => `${a.app}/${a.stage}`.localeCompare(`${b.app}/${b.stage}`));
}

function placeOf(ground: Ground, app: string, stage: string): LockPlace {
  const { disk, folder, clock, termMs, hasThread } = ground;
  let path = folder;
  for (const name of [app, stage]) {
    refuseUnfit(name, disk.list(path));
    path = join(path, fileNameOf(name));
  }
  const title = `stage ${JSON.stringify(stage)} of ${JSON.stringify(app)}`;
  const unlock = `npx await-aws unlock ${JSON.stringify(app)} --stage ${JSON.stringify(stage)}`;
  return { disk, folder: path, title, unlock, clock, termMs, hasThread };
}

function stageAt({ disk, folder: root, keys }: Ground, place: LockPlace): StageState {
  const { folder } = place;
  const files = filesAt(place);
  let held: HeldStage | undefined;
  let seen: Scan | undefined;
  const look = (): Scan => {
    seen = scanStage(disk, folder);
    held?.learn(seen);
    return seen;
  };
  const misplaced = (): Scan["misplaced"] => (seen ?? look()).misplaced;
  const using =
    <T>(use: (entries: Scan["entries"]) => Promise<T>) =>
    (entries: ReadonlyMap<string, Entry | ResourceError> = look().entries): Promise<T> =>
      use(entries);
  return {
    entries: async () => new Map(look().entries),
    misplaced: async () => misplaced(),
    put: async (entry) => (held ? held.put(entry) : putAlone(files, entry, misplaced)),
    remove: async (id) => (held ? held.remove(id) : removeAlone(files, id, misplaced)),
    holder: () => lookAtLock(place),
    runs: runsOnDisk(disk, folder),
    async lock(waiting) {
      const lock = await takeLock(place, waiting);
      for (const swept of [root, folder]) disk.sweep(swept);
      const mine = holdStage(await takeLedger(files, lock), () => lock.release());
      [held, seen] = [mine, undefined];
      return {
        takenOver: lock.takenOver,
        check: () => lock.check(),
        async release() {
          if (held === mine) held = undefined;
          await mine.release();
        },
      };
    },
    key: using(keys.take),
    findKey: using(keys.find),
    makeKey: keys.make,
  };
}

function refuseUnfit(name: string, spellings: readonly string[]): void {
  const others = spellings.flatMap((spelling) => nameOf(spelling) ?? []);
  const fault = checkId(name, others);
  if (fault) throw fault;
}

type Misplaced = () => Scan["misplaced"];

async function putAlone(place: StageFiles, entry: Entry, misplaced: Misplaced): Promise<void> {
  requireWritable(place, entry.id, misplaced);
  place.disk.write(place.pathOf(entry.id), entryText(entry));
}

async function removeAlone(place: StageFiles, id: string, misplaced: Misplaced): Promise<void> {
  requireWritable(place, id, misplaced);
  place.disk.remove(place.pathOf(id));
}

/** Refuses what would destroy what another run or a newer version wrote. */
function requireWritable({ disk, folder, pathOf }: StageFiles, id: string, misplaced: Misplaced): void {
  refuseUnfit(id, []);
  const there = readEntry(disk, pathOf(id));
  if (there && !isResourceError(there)) return;
  refuseUnfit(id, disk.list(folder).map(stem));
  const refused = there ?? misplaced().get(id);
  if (refused) throw refused.at({ id });
}
