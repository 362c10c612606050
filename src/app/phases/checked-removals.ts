import { isResourceError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import { askChecks, hasChecks } from "../../resource/decide/checks.ts";
import { failureIn, report } from "../../resource/report.ts";
import { holdsData } from "../../schema/stateful.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import type { DeletionGuard } from "./deletion-guard.ts";
import { isForgotten } from "./is-forgotten.ts";
import { aboutOf } from "./leftover.ts";

/**
 * Asks the checks of a run about everything that it is about to delete, before the first is: those that they refuse
 * stand in the report. Returns the ids that may go; in a run that writes none, where one is refused.
 */
export async function withoutRefused(
  scope: Scope,
  records: Records,
  ids: readonly string[],
  guard: DeletionGuard,
): Promise<readonly string[]> {
  if (!hasChecks(scope)) return ids;
  const asked = await Promise.all(ids.map((id) => askAbout(scope, records, { id, guard })));
  const refused = asked.filter((change) => change !== undefined);
  for (const change of refused) report(scope, change);
  if (refused.length === 0) return ids;
  const names = new Set(refused.map(({ id }) => id));
  if (scope.withholds) return ids.filter((id) => !names.has(id));
  scope.listener({ name: "notice", message: `nothing was deleted, because checks refuse: ${names.size}` });
  return [];
}

/** The deletion of an entry that no call declares, with what it is refused by, if it is. */
async function askAbout(
  scope: Scope,
  records: Records,
  { id, guard }: { readonly id: string; readonly guard: DeletionGuard },
): Promise<Change | undefined> {
  const entry = records.get(id);
  if (!entry || isResourceError(entry) || scope.journal.seen.has(id)) return undefined;
  const move = isForgotten(scope, records, entry) ? "forget" : "delete";
  // What is refused for another cause is told by that.
  if (move === "delete" && (entry.protect === true || guard(entry))) return undefined;
  const loss = move === "delete" && holdsData(entry.type) ? { holdsData: true as const } : {};
  const about = { ...aboutOf(entry), ...loss, move } as const;
  const error = await askChecks(scope, { ...about, desired: entry.desired });
  return error && { ...about, error: failureIn(error), durationMs: 0 };
}
