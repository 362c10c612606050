import { type Props, canonical } from "../../json.ts";
import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Change, Rename } from "../../events.ts";
import { noteUses } from "../../resource/context.ts";
import { failureIn, report } from "../../resource/report.ts";
import { bundledFacts } from "../../schema/bundled.ts";
import { identifierOf } from "../../schema/identifier.ts";
import { holdsData } from "../../schema/stateful.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import type { DeletionGuard } from "./deletion-guard.ts";
import { inOrder } from "./in-order.ts";
import { isForgotten } from "./is-forgotten.ts";
import { aboutOf, dependenciesOf, leftBefore, tellRemoval } from "./leftover.ts";

/** Tells what deleting these ids would do, users before what they use. */
export async function foreseeRemovals(
  scope: Scope,
  records: Records,
  ...[ids, guard]: [ids: readonly string[], guard: DeletionGuard]
): Promise<void> {
  const tell = async (id: string): Promise<boolean> => {
    const changes = removalsOf(scope, records, { id, guard });
    for (const change of changes) {
      tellRemoval(scope, change);
      noteUses(scope.journal, id, dependenciesOf(records, id));
      report(scope, change);
    }
    // What one uses that stays has to stay too.
    return changes.every(({ error }) => !error);
  };
  await inOrder(ids, (id) => dependenciesOf(records, id), tell);
}

interface Removal {
  readonly id: string;
  readonly guard: DeletionGuard;
}

function removalsOf(scope: Scope, records: Records, { id, guard }: Removal): readonly Change[] {
  const entry = records.get(id);
  if (!entry) return [];
  if (isResourceError(entry)) {
    const error = failureIn(entry);
    return scope.journal.seen.has(id) ? [] : [{ id, type: "unknown", move: "delete", error, durationMs: 0 }];
  }
  const old = leftBefore(scope, entry).map((one) => ({ id, ...one, move: "delete", durationMs: 0 }) as const);
  return scope.journal.seen.has(id) ? old : [...old, removalOf(scope, records, { entry, guard })];
}

function removalOf(
  scope: Scope,
  records: Records,
  { entry, guard }: { readonly entry: Entry; readonly guard: DeletionGuard },
): Change {
  const { id, type, identifier } = entry;
  const about = { ...aboutOf(entry), durationMs: 0 };
  if (entry.protect === true) {
    const error = new ResourceError("PROTECTED", "would be deleted but is protected", {
      type,
      id,
      identifier,
    });
    return { ...about, move: "delete", error: failureIn(error) };
  }
  if (isForgotten(scope, records, entry)) return { ...about, move: "forget" };
  const refused = guard(entry);
  const loss = holdsData(type) ? { holdsData: true as const } : {};
  return { ...about, ...loss, move: "delete", ...(refused && { error: failureIn(refused) }) };
}

/** Pairs what would be deleted with what would be created in its likeness: the same type and identity. */
export function renamesIn(records: Records, changes: readonly Change[]): readonly Rename[] {
  const declared = new Set(changes.flatMap(({ id, move }) => (move === "delete" ? [] : [id])));
  const gone = changes
    .filter(({ id, move }) => move === "delete" && !declared.has(id))
    .map(({ id }) => records.get(id));
  const created = new Map<string, Change>();
  for (const change of changes) {
    const key = change.move === "create" && !change.error ? likenessOf(change) : undefined;
    if (key !== undefined && !created.has(key)) created.set(key, change);
  }
  return gone.flatMap((entry) => {
    if (!entry || isResourceError(entry)) return [];
    const heir = likenessesOf(entry)
      .map((key) => created.get(key))
      .find((change) => change !== undefined);
    return heir ? [{ from: entry.id, to: heir.id, type: entry.type }] : [];
  });
}

/** By what a create would be told for the same resource: its identifier where it is stated, else all that is asked. */
function likenessOf({ type, desired = {} }: Change): string {
  const facts = bundledFacts(type);
  const identifier = facts && identifierOf(facts, desired);
  return identifier === undefined ? byDesired(type, desired) : byIdentifier(type, identifier);
}

const likenessesOf = ({ type, identifier, desired }: Entry): readonly string[] => [
  ...(identifier === undefined ? [] : [byIdentifier(type, identifier)]),
  byDesired(type, desired),
];

const byIdentifier = (type: string, identifier: string): string => JSON.stringify([type, identifier]);
const byDesired = (type: string, desired: Props): string => JSON.stringify([type, canonical(desired), ""]);
