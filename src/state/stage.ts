import { basename, join } from "node:path";
import type { Entry } from "../entry.ts";
import { isResourceError, ResourceError } from "../errors.ts";
import type { Disk } from "./disk.ts";
import { keyFrom, keyIn } from "./key.ts";
import { breakLock, type HeldLock, type Place, takeLock } from "./lock.ts";
import { checkId, fileNameOf, nameOf } from "./name.ts";
import { parseEntry } from "./parse.ts";
import type { StageName, StageState, StateStore } from "./store.ts";

/** What a store stands on: `<folder>/<app>/<stage>/<id>.json` on a disk, its key, and a clock in ms. */
interface Ground {
  readonly disk: Disk;
  readonly folder: string;
  readonly key: () => Promise<Uint8Array>;
  readonly now: () => number;
}

/** How a store may differ from the usual one. */
export interface StoreOptions {
  /** 32 bytes as hex or base64, or any other text; without it the store makes a key file of its own. */
  readonly key?: string | undefined;
  /** The clock by which locks go stale, in ms; `Date.now` by default. */
  readonly now?: (() => number) | undefined;
}

/** Builds a store over a disk, real or not. */
export function storeOn(disk: Disk, folder: string, options: StoreOptions = {}): StateStore {
  const { key: given, now = Date.now } = options;
  let key: Promise<Uint8Array> | undefined;
  const readKey = async (): Promise<Uint8Array> =>
    given === undefined ? keyIn(disk, folder) : keyFrom(given);
  const ground: Ground = { disk, folder, now, key: () => (key ??= readKey()) };
  return {
    open: async (app, stage) => stageAt(ground, placeOf(ground, app, stage)),
    unlock: async (app, stage) => breakLock(placeOf(ground, app, stage)),
    stages: async () => stagesIn(disk, folder),
  };
}

function stagesIn(disk: Disk, folder: string): StageName[] {
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
  const isUsed = (path: string): boolean => filesIn(path).some((file) => file.endsWith(suffix));
  return namesIn(folder)
    .flatMap((app) => namesIn(join(folder, fileNameOf(app))).map((stage) => ({ app, stage })))
    .filter(({ app, stage }) => isUsed(join(folder, fileNameOf(app), fileNameOf(stage))))
    .toSorted((a, b) => `${a.app}/${a.stage}`.localeCompare(`${b.app}/${b.stage}`));
}

function placeOf({ disk, folder, now }: Ground, app: string, stage: string): Place {
  let path = folder;
  for (const name of [app, stage]) {
    refuseUnfit(name, disk.list(path));
    path = join(path, fileNameOf(name));
  }
  const title = `stage ${JSON.stringify(stage)} of ${JSON.stringify(app)}`;
  const unlock = `npx await-aws unlock ${JSON.stringify(app)} --stage ${JSON.stringify(stage)}`;
  return { disk, folder: path, now, title, unlock };
}

/** What lies here is as private as it is passing: a new store keeps itself out of version control. */
function ignoreByGit({ disk, folder }: Ground): void {
  if (disk.list(folder).length === 0) disk.claim(join(folder, ".gitignore"), "*\n");
}

function stageAt(ground: Ground, place: Place): StageState {
  const { disk, folder } = place;
  let held: HeldLock | undefined;
  const pathOf = (id: string): string => join(folder, fileNameOf(id) + suffix);
  // What passes here cannot destroy what another run or a newer version wrote.
  const guard = (id: string): void => {
    held?.check();
    refuseUnfit(id, []);
    const there = readEntry(disk, pathOf(id));
    if (there && !isResourceError(there)) return;
    refuseUnfit(id, disk.list(folder).map(stem));
    if (there) throw there.at({ id });
  };
  return {
    entries: async () => entriesIn(disk, folder),
    async put(entry) {
      guard(entry.id);
      disk.write(pathOf(entry.id), `${JSON.stringify(entry, undefined, 2)}\n`);
    },
    async remove(id) {
      guard(id);
      disk.remove(pathOf(id));
    },
    async lock() {
      ignoreByGit(ground);
      const lock = takeLock(place);
      held = lock;
      return {
        takenOver: lock.takenOver,
        async release() {
          if (held === lock) held = undefined;
          lock.release();
        },
      };
    },
    key: ground.key,
  };
}

const suffix = ".json";

const stem = (file: string): string => (file.endsWith(suffix) ? file.slice(0, -suffix.length) : file);

function refuseUnfit(name: string, spellings: readonly string[]): void {
  const others = spellings.flatMap((spelling) => nameOf(spelling) ?? []);
  const fault = checkId(name, others);
  if (fault) throw fault;
}

function entriesIn(disk: Disk, folder: string): Map<string, Entry | ResourceError> {
  const found = new Map<string, Entry | ResourceError>();
  for (const file of disk.list(folder)) {
    if (file.startsWith(".") || !file.endsWith(suffix)) continue;
    const entry = readEntry(disk, join(folder, file));
    if (isResourceError(entry)) found.set(nameOf(stem(file)) ?? file, entry);
    else if (entry) found.set(entry.id, entry);
  }
  return found;
}

/** One record, what is wrong with it, or undefined where there is none. */
function readEntry(disk: Disk, path: string): Entry | ResourceError | undefined {
  try {
    const text = disk.read(path);
    return text === undefined ? undefined : ofItsFile(parseEntry(text, path), path);
  } catch (error) {
    if (isResourceError(error)) return error;
    throw error;
  }
}

function ofItsFile(entry: Entry | ResourceError, path: string): Entry | ResourceError {
  if (isResourceError(entry) || basename(path) === fileNameOf(entry.id) + suffix) return entry;
  return new ResourceError("STATE_UNREADABLE", `${path} holds the entry of ${JSON.stringify(entry.id)}`, {
    advice: "Give the file back its name, or move it away.",
  });
}
