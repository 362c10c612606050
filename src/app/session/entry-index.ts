import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Records } from "../../scope/scope.ts";

type MaybeEntry = Entry | ResourceError | undefined;

/** Finds entries without going through all of them, and keeps what it finds them by as they come and go. */
export interface EntryIndex extends Pick<Records, "idLike" | "idsOf" | "beingMade"> {
  /** Shows a change to every other call at once, so that two cannot claim the same resource; a refused one is undone. */
  keep(id: string, entry: Entry | undefined, work: () => Promise<void>): Promise<void>;
}

/** Indexes the entries of a stage by identifier, and those with a create under way by type. */
export function indexEntries(entries: Map<string, Entry | ResourceError>): EntryIndex {
  const byIdentifier = new Map<string, Set<string>>();
  const madeByType = new Map<string, Set<string>>();
  const byFolded = new Map<string, Set<string>>();
  const enter = (id: string, entry: MaybeEntry): void => {
    if (entry !== undefined) addTo(byFolded, id.toLowerCase(), id);
    for (const name of identifiersOf(entry)) addTo(byIdentifier, name, id);
    for (const type of typeBeingMade(entry)) addTo(madeByType, type, id);
  };
  const leave = (id: string, entry: MaybeEntry): void => {
    if (entry !== undefined) removeFrom(byFolded, id.toLowerCase(), id);
    for (const name of identifiersOf(entry)) removeFrom(byIdentifier, name, id);
    for (const type of typeBeingMade(entry)) removeFrom(madeByType, type, id);
  };
  const show = (id: string, entry: MaybeEntry): void => {
    const before = entries.get(id);
    if (entry === undefined) entries.delete(id);
    else entries.set(id, entry);
    if (isIndexedAlike(before, entry)) return;
    leave(id, before);
    enter(id, entry);
  };
  for (const [id, entry] of entries) enter(id, entry);
  return {
    idLike: (id) => [...(byFolded.get(id.toLowerCase()) ?? [])].find((other) => other !== id),
    idsOf: (identifier) => byIdentifier.get(identifier) ?? [],
    *beingMade(type) {
      for (const id of madeByType.get(type) ?? []) {
        const entry = entries.get(id);
        if (entry && !isResourceError(entry)) yield entry;
      }
    },
    async keep(id, entry, work) {
      const before = entries.get(id);
      show(id, entry);
      try {
        await work();
      } catch (error) {
        show(id, before);
        throw error;
      }
    },
  };
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

function removeFrom(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}

function identifiersOf(entry: MaybeEntry): readonly string[] {
  if (entry === undefined || isResourceError(entry)) return [];
  const { identifier, superseded = [] } = entry;
  return [...(identifier === undefined ? [] : [identifier]), ...superseded.map((one) => one.identifier)];
}

/** Most records of a resource say no more of what is looked up here than the one before. */
function isIndexedAlike(a: MaybeEntry, b: MaybeEntry): boolean {
  if (a === undefined || b === undefined || isResourceError(a) || isResourceError(b)) return false;
  return (
    a.identifier === b.identifier &&
    a.superseded === b.superseded &&
    typeBeingMade(a)[0] === typeBeingMade(b)[0]
  );
}

const typeBeingMade = (entry: MaybeEntry): readonly string[] =>
  entry !== undefined && !isResourceError(entry) && entry.intent?.move === "create" ? [entry.type] : [];
