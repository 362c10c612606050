import type { Entry, Superseded } from "../../entry.ts";
import { isResourceError } from "../../errors.ts";
import type { Move } from "../../events.ts";
import { tellDecision } from "../../resource/decide/tell-decision.ts";
import type { Records, Scope } from "../../scope/scope.ts";

/** The ids that a recorded resource uses: it is deleted before them. */
export function dependenciesOf(records: Records, id: string): readonly string[] {
  const entry = records.get(id);
  return entry === undefined || isResourceError(entry) ? [] : entry.dependencies;
}

/** What earlier replacements of a resource have left to be deleted, and this run has not taken back. */
export function leftBefore(scope: Scope, { id, identifier, superseded = [] }: Entry): readonly Superseded[] {
  if (superseded.length === 0) return [];
  const today = scope.journal.changes.find((change) => change.id === id);
  // Its own replacement tells of the one that it replaces, and a create of the one that is gone: the last, unless that
  // has gone before.
  const isMine = (old: Superseded): boolean =>
    (today?.move === "replace" || today?.move === "create") && !scope.withholds && old === superseded.at(-1);
  return superseded.filter(
    (old) => !isMine(old) && old.identifier !== (today?.move === "adopt" ? today.identifier : identifier),
  );
}

/** A resource that is left over, and what becomes of it. */
interface Removal {
  readonly id: string;
  readonly type: string;
  readonly move: Move;
}

/** Tells, where it is traced, why a resource is deleted or forgotten. */
export function tellRemoval(scope: Scope, { move, ...about }: Removal): void {
  const why = scope.journal.seen.has(about.id)
    ? "a replacement has left it"
    : scope.phase === "destroy"
      ? "all that is recorded is to go"
      : "it is no longer declared";
  const kept = move === "forget" ? ", and it is to stay or another's" : "";
  tellDecision(scope, about, { move, why: `${why}${kept}` });
}

/** An entry as a report names it. */
export const aboutOf = ({ id, type, identifier }: Entry): Pick<Entry, "id" | "type" | "identifier"> => ({
  id,
  type,
  ...(identifier !== undefined && { identifier }),
});
