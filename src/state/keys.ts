import { keyedIn, missingKey, requireFit } from "./fit.ts";
import { type KeyPlace, keyFrom } from "./key.ts";
import type { Recorded } from "./log/ledger.ts";

type Entries = Recorded["entries"];

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
  readonly place: KeyPlace;
  /** The text of a key from outside, which then stands above the store's own. */
  readonly given: string | undefined;
  /** What each stage of the store has recorded. */
  readonly all: () => Iterable<Entries> | AsyncIterable<Entries>;
}

/** Looks after the key of a store: read once, and made never beside what another one has digested or sealed. */
export function keysOf({ place, given, all }: Source): Keys {
  let known: Promise<Uint8Array | undefined> | undefined;
  const { path } = place;
  const read = async (): Promise<Uint8Array | undefined> =>
    given === undefined ? place.find() : keyFrom(given);
  const present = async (): Promise<Uint8Array | undefined> => {
    const key = await (known ??= read());
    // A key that is not there now may be made by another process.
    if (!key) known = undefined;
    return key;
  };
  const find = async (entries: Entries): Promise<Uint8Array | undefined> => {
    const key = await present();
    if (key) requireFit(key, entries, given === undefined ? path : await besides(place));
    else requireUnkeyed(entries, path);
    return key;
  };
  return {
    find,
    take: async (entries) => {
      const key = await find(entries);
      if (key) return key;
      for await (const others of all()) requireUnkeyed(others, path);
      return place.make();
    },
    make: async () => (await present()) ?? place.make(),
  };
}

/** Names a key from outside, and the one that it stands above. */
const besides = async (place: KeyPlace): Promise<string> =>
  (await place.exists())
    ? `the key that was given (AWAIT_AWS_STATE_KEY), which is used rather than ${place.path},`
    : "the key that was given (AWAIT_AWS_STATE_KEY)";

function requireUnkeyed(entries: Entries, path: string): void {
  const ids = keyedIn(entries);
  if (ids.length > 0) throw missingKey(path, ids);
}
