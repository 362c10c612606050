import { setImmediate } from "node:timers/promises";
import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import { tellUndeployed } from "../../resource/outputs/undeployed.ts";
import { failureIn, report } from "../../resource/report.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import { guardDeletions, openGuard } from "./deletion-guard.ts";
import { requireKnownIds } from "./require-known-ids.ts";
import { foreseeRemovals } from "./foresee-removals.ts";
import { aboutOf } from "./leftover.ts";
import { withoutRefused } from "./checked-removals.ts";
import { withoutProtected } from "./keep-protected.ts";
import { removeAll } from "./remove-all.ts";

/**
 * Deletes what the run has left over: old ones of replacements, and entries that no call declared; nothing when the
 * run was stopped, when a call has failed or when the program could not be followed to its end. Options that name
 * ids that nobody knows are `VALIDATION`. Returns what could not be deleted. It ends the run: a call that comes later is
 * refused, for what it declares may just have been deleted.
 */
export async function finalize(scope: Scope): Promise<readonly unknown[]> {
  await settleCalls(scope);
  try {
    return await withoutLeftovers(scope);
  } finally {
    scope.conclude();
  }
}

async function withoutLeftovers(scope: Scope): Promise<readonly unknown[]> {
  const because = reasonToKeep(scope);
  if (because !== undefined) {
    const what = scope.withholds ? "no deletion is told of" : "nothing was deleted";
    scope.listener({ name: "notice", message: `${what}, because ${because}` });
    return [];
  }
  return scope.hold(async (records) => {
    requireKnownIds(scope.runOptions, [...scope.journal.seen.keys(), ...records.all().keys()]);
    const left = leftoversIn(scope, records);
    scope.conclude(left);
    const guard = await guardDeletions(scope, records, left);
    const going = await withoutRefused(scope, records, left, guard);
    const recorded = new Map(records.all());
    const unremoved = scope.withholds
      ? await foreseeRemovals(scope, records, going, guard).then(() => [])
      : await removeAll(scope, records, going, guard);
    tellUndeployed(scope, recorded);
    return unremoved;
  });
}

/** Why nobody can say that what is left over is no longer declared. */
export function reasonToKeep({
  signal,
  withholds,
  journal: { changes, unknowns },
}: Scope): string | undefined {
  if (signal?.aborted) return "the run was stopped";
  // A plan tells all that checks refuse, deletions too.
  const isTold = ({ error }: Change): boolean => withholds && error?.code === "REFUSED";
  const failures = changes.filter((one) => one.error && one.move !== "delete" && !isTold(one)).length;
  if (failures > 0) return `calls have failed: ${failures}`;
  const [unknown] = unknowns;
  return unknown && `the program asked for more than is known: ${unknown.error.what}`;
}

/** Deletes everything that is recorded, or of it the run's targets. Returns what could not be deleted. */
export function destroyAll(scope: Scope): Promise<readonly unknown[]> {
  return scope.hold(async (records) => {
    requireKnownIds(scope.runOptions, [...records.all().keys()]);
    const used = refuseUsed(scope, records);
    const asked = [...records.all().keys()].filter((id) => isTarget(scope)(id) && !used.has(id));
    const kept = withoutProtected(scope, records, asked);
    const ids = await withoutRefused(scope, records, kept, openGuard);
    if (!scope.withholds) return removeAll(scope, records, ids, openGuard);
    await foreseeRemovals(scope, records, ids, openGuard);
    return [];
  });
}

/** A target stays as long as something uses it that stays: it would go first, and take some along unasked. */
function refuseUsed(scope: Scope, records: Records): ReadonlySet<string> {
  if (scope.runOptions.targets === undefined) return new Set();
  const entries = [...records.all().values()].flatMap((entry) => (isResourceError(entry) ? [] : [entry]));
  const used = new Map<string, string>();
  const goes = isTarget(scope);
  // What stays keeps what it uses, and that what it uses in turn.
  const staying = entries.filter(({ id }) => !goes(id));
  for (let user = staying.shift(); user; user = staying.shift()) {
    for (const id of user.dependencies) {
      if (!goes(id) || used.has(id)) continue;
      used.set(id, user.id);
      const entry = records.get(id);
      if (entry && !isResourceError(entry)) staying.push(entry);
    }
  }
  for (const entry of entries) {
    const { id, type, identifier } = entry;
    if (!used.has(id)) continue;
    const what = `is used by ${used.get(id)}, which is no target or stays`;
    const error = new ResourceError("NOT_TARGETED", what, { type, id, identifier });
    report(scope, { ...aboutOf(entry), move: "delete", error: failureIn(error), durationMs: 0 });
  }
  return new Set(used.keys());
}

const isTarget = ({ runOptions: { targets } }: Scope): ((id: string) => boolean) => {
  const named = targets && new Set(targets);
  return (id) => named?.has(id) ?? true;
};

/**
 * Waits for every call, also those that their script does not wait for, and those that it makes as soon as one of
 * these has ended: branches of a program go on after another one has failed.
 */
export async function settleCalls(scope: Scope): Promise<void> {
  while (scope.journal.pending.size > 0) {
    await Promise.all(scope.journal.pending);
    await setImmediate();
  }
}

function leftoversIn(scope: Scope, records: Records): string[] {
  const isLeft = (id: string, entry: Entry | ResourceError): boolean =>
    !scope.journal.seen.has(id) || (!isResourceError(entry) && entry.superseded !== undefined);
  return [...records.all()].flatMap(([id, entry]) => (isLeft(id, entry) ? [id] : [])).filter(isTarget(scope));
}
