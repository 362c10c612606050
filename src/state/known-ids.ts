import { ResourceError, isResourceError } from "../errors.ts";
import { checkId } from "./name.ts";
import type { Scan } from "./scan.ts";

/** The ids of a stage while a run holds it and nobody else writes there. */
export interface KnownIds {
  /** Refuses an id that cannot be recorded, or whose file must not be overwritten. */
  require(id: string): void;
  has(id: string): boolean;
  add(id: string): void;
  delete(id: string): void;
}

/** Keeps the ids of a stage, so that a write need not look through the folder. */
export function knownIdsIn({ entries, misplaced }: Scan): KnownIds {
  const byFolded = new Map<string, string>();
  const refused = new Map<string, ResourceError>(misplaced);
  for (const [id, entry] of entries) {
    byFolded.set(id.toLowerCase(), id);
    if (isResourceError(entry)) refused.set(id, entry);
  }
  return {
    require(id) {
      const other = byFolded.get(id.toLowerCase());
      const fault = checkId(id, other === undefined ? [] : [other]) ?? refused.get(id)?.at({ id });
      if (fault) throw fault;
    },
    has: (id) => byFolded.get(id.toLowerCase()) === id,
    add: (id) => void byFolded.set(id.toLowerCase(), id),
    delete(id) {
      if (byFolded.get(id.toLowerCase()) === id) byFolded.delete(id.toLowerCase());
    },
  };
}
