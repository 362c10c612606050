import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import { holdsData } from "../../schema/stateful.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import { isForgotten } from "./is-forgotten.ts";
import { aboutOf } from "./leftover.ts";

/** Why an entry that no call declares may not be deleted, if it may not. */
export type DeletionGuard = (entry: Entry) => ResourceError | undefined;

/** Permits everything: who destroys has said so. */
export const openGuard: DeletionGuard = () => undefined;

/**
 * Makes the guard of what a run leaves over: nobody meant to lose data by taking a line out of a script. Where the run
 * has a question to ask, it is asked once, of all of them; a plan asks nobody.
 */
export async function guardDeletions(
  scope: Scope,
  records: Records,
  ids: readonly string[],
): Promise<DeletionGuard> {
  const { allowDelete = false } = scope.runOptions;
  if (allowDelete === true) return openGuard;
  if (allowDelete === false) return refuseStateful;
  const holding = scope.withholds ? [] : ids.flatMap((id) => holdingData(scope, records, id));
  const isAllowed = holding.length === 0 || (await allowDelete(holding));
  return isAllowed ? openGuard : refuseStateful;
}

/** The deletion of an orphan, where it would lose data. */
function holdingData(scope: Scope, records: Records, id: string): readonly Change[] {
  const entry = records.get(id);
  if (!entry || isResourceError(entry) || scope.journal.seen.has(id) || !holdsData(entry.type)) return [];
  if (entry.protect === true || isForgotten(scope, records, entry)) return [];
  return [{ ...aboutOf(entry), move: "delete", holdsData: true, durationMs: 0 }];
}

/** Tells whether deleting the resource of an entry would lose what it holds. */
export const losesData = ({ type, retain }: Entry): boolean => retain !== true && holdsData(type);

const refuseStateful: DeletionGuard = ({ id, type, identifier }) =>
  holdsData(type)
    ? new ResourceError("DELETE_REFUSED", "is no longer declared, and deleting it loses what it holds", {
        type,
        id,
        identifier,
      })
    : undefined;
