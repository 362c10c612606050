import type { Entry } from "../entry.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import { checkOf, isUncertain, keyCheckIn } from "./sealing.ts";

type Entries = ReadonlyMap<string, Entry | ResourceError>;

/** The checks of the keys by which an entry is digested and sealed; of what was recorded without one, "". */
function keysOf({ digests, intent }: Entry): readonly string[] {
  const recorded = Object.values(digests).filter((one) => !isUncertain(one));
  const sealed = intent?.key === undefined ? [] : [intent.key];
  return [...recorded.map((one) => keyCheckIn(one) ?? ""), ...sealed];
}

/** The ids of entries that hold what only a key can compare or open. */
export const keyedIn = (entries: Entries): readonly string[] =>
  [...entries.values()].flatMap((entry) =>
    !isResourceError(entry) && keysOf(entry).length > 0 ? [entry.id] : [],
  );

/** The ids of entries that another key than this one has digested or sealed. */
export function foreignIn(key: Uint8Array, entries: Entries): readonly string[] {
  const mine = checkOf(key);
  const isForeign = (entry: Entry): boolean => keysOf(entry).some((one) => one !== "" && one !== mine);
  return [...entries.values()].flatMap((entry) =>
    !isResourceError(entry) && isForeign(entry) ? [entry.id] : [],
  );
}

/** Refuses a key that is not the one by which these entries were recorded; `source` says where it comes from. */
export function requireFit(key: Uint8Array, entries: Entries, source: string): void {
  const ids = foreignIn(key, entries);
  if (ids.length === 0) return;
  throw new ResourceError("STATE_KEY", `${source} is not the key with which ${listOf(ids)} recorded`);
}

/** The failure of a key that is not there while these ids need it. */
export const missingKey = (place: string, ids: readonly string[]): ResourceError =>
  new ResourceError("STATE_KEY", `there is no ${place}, the key with which ${listOf(ids)} recorded`);

/** Some ids by name, and how many there are. */
function listOf(ids: readonly string[]): string {
  const named = ids.slice(0, 3).map((id) => JSON.stringify(id));
  const more = ids.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""} ${ids.length === 1 ? "was" : "were"}`;
}
