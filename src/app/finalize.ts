import type { Entry } from "../entry.ts";
import { isResourceError } from "../errors.ts";
import { contextOf, removeOrphan, removeSuperseded } from "../resource/remove.ts";
import { failureIn, report } from "../resource/resource.ts";
import { resume } from "../resource/resume.ts";
import type { Records, Scope } from "../scope/scope.ts";

/** Deletes what the run has left over: old ones of replacements, and entries that no call declared. */
export async function finalize(scope: Scope): Promise<void> {
  while (scope.pending.size > 0) await Promise.all(scope.pending);
  if (scope.changes.some((change) => change.error)) return;
  await scope.hold(async (records) => {
    const declared = entriesOf(records).filter(({ id }) => scope.seen.has(id));
    await Promise.all(
      declared.filter(({ superseded }) => superseded).map((entry) => cleaned(scope, records, entry)),
    );
    await removeAll(scope, records, (id) => !scope.seen.has(id));
  });
}

/** Deletes everything that is recorded. */
export function destroyAll(scope: Scope): Promise<void> {
  return scope.hold((records) => removeAll(scope, records, () => true));
}

const entriesOf = (records: Records): Entry[] =>
  [...records.all().values()].filter((entry): entry is Entry => !isResourceError(entry));

async function cleaned(scope: Scope, records: Records, entry: Entry): Promise<void> {
  const startedAt = scope.now();
  try {
    await removeSuperseded(await contextOf(scope, records, entry), entry);
  } catch (error) {
    failed(scope, entry, error, startedAt);
  }
}

/**
 * Deletes in reverse order of dependencies, in parallel where free. What a failed one depends on is left alone;
 * everything else is still tried, and every failure stands in the report.
 */
async function removeAll(scope: Scope, records: Records, chosen: (id: string) => boolean): Promise<void> {
  for (const [id, entry] of records.all()) {
    if (chosen(id) && isResourceError(entry)) {
      report(scope, { id, type: "unknown", move: "delete", error: failureIn(entry), durationMs: 0 });
    }
  }
  let left = entriesOf(records).filter(({ id }) => chosen(id));
  const standing = new Set<Entry>();
  while (left.length > 0) {
    const users = [...left, ...standing];
    const free = left.filter(
      ({ id }) => !users.some((user) => user.id !== id && user.dependencies.includes(id)),
    );
    const blocked = free.length === 0 && standing.size > 0;
    if (blocked) return;
    // A circle (left by a rename, say) is cut by trying all of it.
    const wave = free.length > 0 ? free : left;
    const gone = await Promise.all(wave.map((entry) => removed(scope, records, entry)));
    wave.forEach((entry, i) => gone[i] || standing.add(entry));
    left = left.filter((entry) => !wave.includes(entry));
  }
}

async function removed(scope: Scope, records: Records, orphan: Entry): Promise<boolean> {
  const startedAt = scope.now();
  try {
    const entry = await resume(await contextOf(scope, records, orphan), orphan);
    if (entry)
      report(scope, { ...(await removeOrphan(scope, records, entry)), durationMs: scope.now() - startedAt });
    return true;
  } catch (error) {
    failed(scope, orphan, error, startedAt);
    return false;
  }
}

function failed(scope: Scope, { id, type, identifier }: Entry, error: unknown, startedAt: number): void {
  const placed = isResourceError(error) ? error.at({ type, id }) : error;
  report(scope, {
    id,
    type,
    move: "delete",
    ...(identifier !== undefined && { identifier }),
    error: failureIn(placed),
    durationMs: scope.now() - startedAt,
  });
}
