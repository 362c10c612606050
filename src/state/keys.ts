import { join } from "node:path";
import { keyFile } from "./begin.ts";
import type { Disk } from "./disk.ts";
import { keyedIn, missingKey, requireFit } from "./fit.ts";
import { findKey, keyFrom, makeKey } from "./key.ts";
import type { Scan } from "./scan.ts";

type Entries = Scan["entries"];

/** The key of a store, as it is asked for: held against what a stage has recorded, unless it is made anew. */
export interface Keys {
  /** The key, made where nothing in the store needs another one. */
  readonly take: (entries: Entries) => Promise<Uint8Array>;
  /** The key where there is one; undefined where none is needed yet. */
  readonly find: (entries: Entries) => Promise<Uint8Array | undefined>;
  /** The key whatever is recorded, made where there is none. */
  readonly make: () => Promise<Uint8Array>;
}

/** Where a key comes from. */
interface Source {
  readonly disk: Disk;
  readonly folder: string;
  /** The text of a key from outside, which then stands above any file. */
  readonly given: string | undefined;
  /** What each stage of the store has recorded. */
  readonly all: () => Iterable<Entries>;
}

/** Looks after the key of a store: read once, and made never beside what another one has digested or sealed. */
export function keysOf({ disk, folder, given, all }: Source): Keys {
  let known: Promise<Uint8Array | undefined> | undefined;
  const path = join(folder, keyFile);
  const read = async (): Promise<Uint8Array | undefined> =>
    given === undefined ? findKey(disk, folder) : keyFrom(given);
  const present = async (): Promise<Uint8Array | undefined> => {
    const key = await (known ??= read());
    // A key that is not there now may be made by another process.
    if (!key) known = undefined;
    return key;
  };
  const find = async (entries: Entries): Promise<Uint8Array | undefined> => {
    const key = await present();
    if (key) requireFit(key, entries, given === undefined ? path : besides(disk, path));
    else requireUnkeyed(entries, path);
    return key;
  };
  return {
    find,
    take: async (entries) => {
      const key = await find(entries);
      if (key) return key;
      for (const others of all()) requireUnkeyed(others, path);
      return makeKey(disk, folder);
    },
    make: async () => (await present()) ?? makeKey(disk, folder),
  };
}

/** Names a key from outside, and the file that it stands above. */
const besides = (disk: Disk, path: string): string =>
  disk.read(path) === undefined
    ? "the key that was given (AWAIT_AWS_STATE_KEY)"
    : `the key that was given (AWAIT_AWS_STATE_KEY), which is used rather than ${path},`;

function requireUnkeyed(entries: Entries, path: string): void {
  const ids = keyedIn(entries);
  if (ids.length > 0) throw missingKey(path, ids);
}
