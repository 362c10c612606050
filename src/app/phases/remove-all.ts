import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Change, Move } from "../../events.ts";
import { isStrangers } from "../../resource/find/read-recorded.ts";
import { plannedChangesOf } from "../../resource/decide/held-to-plan.ts";
import { contextOf, removeLive, removeSuperseded } from "../../resource/moves/remove.ts";
import { failureIn, report } from "../../resource/report.ts";
import { resume } from "../../resource/moves/resume.ts";
import { holdsData } from "../../schema/stateful.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import type { DeletionGuard } from "./deletion-guard.ts";
import { inOrder, usersAmong } from "./in-order.ts";
import { isForgotten } from "./is-forgotten.ts";
import { aboutOf, dependenciesOf, leftBefore, tellRemoval } from "./leftover.ts";
import {
  type Context,
  nameOf,
  requireGoing,
  tellStarted,
  tellStep,
  workInTurn,
} from "../../resource/context.ts";

/** Codes under which services say that something still uses a resource, each in words of its own. */
const refusals: readonly string[] = ["BUSY", "HANDLER_FAILED", "INVALID_REQUEST"];

/** What was deleted may count as a user for a little longer. ms. */
const pausesMs: readonly number[] = [1_000, 3_000, 9_000];

/** A deletion that did not succeed. */
interface FailedRemoval {
  readonly error: unknown;
  readonly startedAt: number;
}

/**
 * Deletes the ids given, or of one that is declared only what its replacements left: users before what they use, in
 * parallel where free. What a failed one uses is left alone. A refusal is tried again while others still go, and for
 * seconds after; what is left then stands in the report and is returned.
 */
export async function removeAll(
  scope: Scope,
  records: Records,
  ...[ids, guard]: [ids: readonly string[], guard: DeletionGuard]
): Promise<unknown[]> {
  const failures = new Map<string, FailedRemoval>();
  const remove = async (id: string): Promise<boolean> => {
    const startedAt = scope.now();
    try {
      await removeOne(scope, records, { id, guard });
      return failures.delete(id) || true;
    } catch (error) {
      failures.set(id, { error, startedAt });
      return false;
    }
  };
  tellWaits(scope, records, ids);
  let left = ids;
  let pauses = pausesMs;
  for (;;) {
    const gone = await inOrder(left, (id) => dependenciesOf(records, id), remove);
    left = left.filter((id) => !gone.has(id)).toReversed();
    const isRefused = [...failures.values()].some(({ error }) => isRefusal(error));
    const [pauseMs, ...later] = pauses;
    // Nothing deleted at all means that nothing has changed for those refused.
    if (!isRefused || left.length === ids.length || (gone.size === 0 && pauseMs === undefined)) break;
    if (gone.size > 0 || pauseMs === undefined) continue;
    await scope.pause(pauseMs);
    pauses = later;
  }
  return [...failures].map(([id, failure]) => reportFailure(scope, records, id, failure));
}

/** Tells of each which others have to go before it. */
function tellWaits(scope: Scope, records: Records, ids: readonly string[]): void {
  for (const [id, waitsFor] of usersAmong(ids, (user) => dependenciesOf(records, user))) {
    const entry = records.get(id);
    if (waitsFor.length === 0 || !entry || isResourceError(entry)) continue;
    tellStep({ scope, call: entry }, { step: "waiting", waitsFor });
  }
}

const isRefusal = (error: unknown): boolean => isResourceError(error) && refusals.includes(error.code);

async function removeOne(
  scope: Scope,
  records: Records,
  { id, guard }: { readonly id: string; readonly guard: DeletionGuard },
): Promise<void> {
  const entry = records.get(id);
  if (isResourceError(entry)) throw entry;
  if (!entry) return;
  const context = await contextOf(scope, records, entry);
  await workInTurn(context, "below", async (inTurn) => {
    if (scope.journal.seen.has(id)) await removeOld(inTurn, entry);
    else await removeEntry(inTurn, entry, guard);
  });
}

/** Deletes what is recorded under an id that nobody declares, and what its replacements have left. */
async function removeEntry(context: Context, entry: Entry, guard: DeletionGuard): Promise<void> {
  const { scope, records } = context;
  const startedAt = scope.now();
  const resumed = await resume(context, entry);
  if (!resumed) return;
  const left = await removeOld(context, resumed);
  const isTheirs = await hasCome(context, left);
  // Nothing may come between this look and the step after it, or two ids of one resource would both forget it.
  const retain = isTheirs || isForgotten(scope, records, left);
  const move = retain ? "forget" : "delete";
  const refused = retain || left.protect === true ? undefined : guard(left);
  if (refused) throw refused;
  requirePlannedRemoval(scope, left, move);
  // What was stopped forgets nothing either.
  requireGoing(context);
  tellRemoval(scope, { ...aboutOf(left), move });
  tellStarted(context, move);
  await removeLive(context, { ...left, retain });
  const loss = move === "delete" && holdsData(left.type) ? { holdsData: true as const } : {};
  report(scope, { ...aboutOf(left), move, ...loss, durationMs: scope.now() - startedAt });
}

/** Tells whether what only a failed create of ours has named is by now somebody else's. */
async function hasCome(context: Context, entry: Entry): Promise<boolean> {
  if (entry.status !== "pending" || entry.identifier === undefined) return false;
  const found = await context.cloud.control.read(nameOf(context, entry.identifier));
  return found !== undefined && isStrangers(context, entry, found);
}

/** Deletes what replacements have left, and tells of what this run has not told as its own replacement. */
async function removeOld(context: Context, entry: Entry): Promise<Entry> {
  const { scope } = context;
  const startedAt = scope.now();
  const before = leftBefore(scope, entry);
  for (const old of before) requirePlannedRemoval(scope, { ...entry, ...old }, "delete");
  for (const { type } of before) tellRemoval(scope, { id: entry.id, type, move: "delete" });
  const left = await removeSuperseded(context, entry);
  for (const old of before)
    report(scope, { id: entry.id, ...old, move: "delete", durationMs: scope.now() - startedAt });
  return left;
}

/** A plan that is kept to deletes what it told, and nothing else. */
function requirePlannedRemoval(scope: Scope, { id, identifier }: Entry, move: Move): void {
  const planned = plannedChangesOf(scope);
  const isTold = ({ id: of, move: told, identifier: named = identifier }: Change): boolean =>
    of === id && told === move && named === identifier;
  if (!planned || planned.some(isTold)) return;
  throw new ResourceError("PLAN_MISMATCH", `the plan does not ${move} it`, { identifier });
}

function reportFailure(
  scope: Scope,
  records: Records,
  id: string,
  { error, startedAt }: FailedRemoval,
): unknown {
  const entry = records.get(id);
  const about = entry === undefined || isResourceError(entry) ? { id } : aboutOf(entry);
  const placed = isResourceError(error) ? error.at(about) : error;
  const change = { type: "unknown", ...about, move: "delete", error: failureIn(placed) } as const;
  report(scope, { ...change, durationMs: scope.now() - startedAt });
  return placed;
}
