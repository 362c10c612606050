import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { failureIn, report } from "../../resource/report.ts";
import type { Records, Scope } from "../../scope/scope.ts";

/**
 * The ids that a destroy may delete. One that is protected refuses the whole, before anything is gone; with
 * `keepProtected` it stays, and what it needs stays with it.
 */
export function withoutProtected(scope: Scope, records: Records, ids: readonly string[]): readonly string[] {
  const guarded = ids.filter((id) => entryOf(records, id)?.protect === true);
  if (guarded.length === 0) return ids;
  if (scope.runOptions.keepProtected !== true) {
    for (const id of guarded) refuse(scope, records, id);
    return [];
  }
  const kept = neededBy(records, guarded);
  const staying = ids.filter((id) => kept.has(id));
  scope.listener({
    name: "notice",
    message: `kept, for they are protected or needed by what is: ${staying.join(", ")}`,
  });
  return ids.filter((id) => !kept.has(id));
}

function refuse(scope: Scope, records: Records, id: string): void {
  const entry = entryOf(records, id);
  if (!entry) return;
  const { type, identifier } = entry;
  const about = { id, type, ...(identifier !== undefined && { identifier }) };
  const error = new ResourceError("PROTECTED", "is protected, so nothing of this stage was deleted", {
    ...about,
    advice:
      "Take protect away in the script and deploy, or keep it and what it needs with keepProtected (--keep-protected).",
  });
  report(scope, { ...about, move: "delete", error: failureIn(error), durationMs: 0 });
}

/** These and all that they use, directly or through others. */
function neededBy(records: Records, ids: readonly string[]): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    open.push(...(entryOf(records, id)?.dependencies ?? []));
  }
  return needed;
}

function entryOf(records: Records, id: string): Entry | undefined {
  const entry = records.get(id);
  return isResourceError(entry) ? undefined : entry;
}
