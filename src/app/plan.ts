import { canonical } from "../json.ts";
import type { Entry } from "../entry.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import type { Change, Rename } from "../events.ts";
import { ownerOf } from "../resource/owner.ts";
import { failureIn, report } from "../resource/resource.ts";
import { bundledFacts } from "../schema/bundled.ts";
import { identifierOf } from "../schema/identifier.ts";
import type { Records, Scope } from "../scope/scope.ts";
import { inOrder } from "./in-order.ts";

/** Tells what deleting these ids would do, users before what they use. */
export async function foreseeRemovals(scope: Scope, records: Records, ids: readonly string[]): Promise<void> {
  const tell = async (id: string): Promise<boolean> => {
    const change = removalOf(scope, records, id);
    if (change) report(scope, change);
    return true;
  };
  await inOrder(ids, (id) => dependenciesOf(records, id), tell);
}

function dependenciesOf(records: Records, id: string): readonly string[] {
  const entry = records.get(id);
  return entry === undefined || isResourceError(entry) ? [] : entry.dependencies;
}

function removalOf(scope: Scope, records: Records, id: string): Change | undefined {
  const entry = records.get(id);
  if (!entry || scope.seen.has(id)) return undefined;
  if (isResourceError(entry))
    return { id, type: "unknown", move: "delete", error: failureIn(entry), durationMs: 0 };
  const { type, identifier } = entry;
  const about = { id, type, ...(identifier !== undefined && { identifier }), durationMs: 0 };
  if (entry.protect === true) {
    const error = new ResourceError("PROTECTED", "would be deleted but is protected", {
      type,
      id,
      identifier,
    });
    return { ...about, move: "delete", error: failureIn(error) };
  }
  return { ...about, move: isForgotten(scope, records, entry) ? "forget" : "delete" };
}

/** Tells whether an entry that is left over is only forgotten: kept on purpose, or another id has its resource. */
export function isForgotten(scope: Scope, records: Records, entry: Entry): boolean {
  return (
    entry.retain === true ||
    scope.wishes.retain?.includes(entry.id) === true ||
    ownerOf(records, entry) !== undefined
  );
}

/** Pairs what would be deleted with what would be created in its likeness: the same type and identity. */
export function renamesIn(records: Records, changes: readonly Change[]): readonly Rename[] {
  const gone = changes.filter(({ move }) => move === "delete").map(({ id }) => records.get(id));
  const created = changes.filter(({ move, error }) => move === "create" && !error);
  return gone.flatMap((entry) => {
    if (!entry || isResourceError(entry)) return [];
    const heir = created.find((change) => isSame(entry, change));
    return heir ? [{ from: entry.id, to: heir.id, type: entry.type }] : [];
  });
}

function isSame(entry: Entry, { type, desired = {} }: Change): boolean {
  if (type !== entry.type) return false;
  const facts = bundledFacts(type);
  const identifier = facts && identifierOf(facts, desired);
  return identifier === undefined
    ? canonical(desired) === canonical(entry.desired)
    : identifier === entry.identifier;
}
