import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError, UsageError } from "../../errors.ts";
import type { Change } from "../../events.ts";
import { type Json, type Props, leavesOf, valueAt } from "../../json.ts";
import { digestOf } from "../../resource/record/digests.ts";
import { isUnknown } from "../../resource/outputs/placeholders.ts";
import type { Scope } from "../../scope/scope.ts";
import { anyDigest, checkOf, isUncertain, keyCheckIn } from "../../state/sealing.ts";
import type { StageState } from "../../state/store.ts";
import type { RekeyedStage } from "../options/settings.ts";

/**
 * Digests all that is recorded of a stage by a key of today, with the values that the program has just declared. What
 * it does not declare counts as unchanged when it is declared next. Returns what was recorded anew.
 */
export async function rekeyAll({ settings, scope }: RekeyedStage): Promise<readonly Change[]> {
  if (scope.journal.seen.size === 0) return [];
  requireDeclared(scope);
  const state = await settings.store.open(settings.app, settings.stage);
  const lock = await state.lock();
  try {
    return await rekeyEntries(state, scope);
  } finally {
    await lock.release();
  }
}

/** A program that could not be followed says nothing of the values that it has not come to. */
function requireDeclared({ journal: { changes } }: Scope): void {
  // What it no longer declares is not deleted here, whether or not it might be.
  const failures = changes.filter(({ error, move }) => error && move !== "delete").length;
  if (failures > 0) throw new UsageError(`nothing was recorded anew, because calls have failed: ${failures}`);
}

async function rekeyEntries(state: StageState, scope: Scope): Promise<readonly Change[]> {
  if (!state.makeKey) throw new UsageError("this store does not let its key be made anew");
  const key = await state.makeKey();
  const changes: Change[] = [];
  for (const entry of (await state.entries()).values()) {
    if (isResourceError(entry)) continue;
    const { id, type } = entry;
    const next = withKey(entry, scope.journal.declared.get(id), key);
    if (next === entry) continue;
    const about = { id, type, move: "nothing", durationMs: 0 } as const;
    if (next instanceof ResourceError) {
      const { code, kind, message, advice } = next;
      changes.push({ ...about, error: { code, kind, message, advice } });
      continue;
    }
    await state.put(next);
    changes.push({ ...about, paths: Object.keys(entry.digests) });
    const unsaid = Object.entries(next.digests).flatMap(([pointer, one]) =>
      one === anyDigest ? [pointer] : [],
    );
    if (unsaid.length === 0) continue;
    const message = `the script does not say ${unsaid.join(", ")}: the next value that it says counts as unchanged`;
    scope.listener({ name: "warning", id, type, message });
  }
  return changes;
}

/** The entry under the key; the very same where it is so already. */
function withKey(entry: Entry, declared: Props | undefined, key: Uint8Array): Entry | ResourceError {
  const check = checkOf(key);
  const digests = Object.entries(entry.digests).map(([pointer, one]) => {
    const isKept = isUncertain(one) || keyCheckIn(one) === check;
    return [pointer, isKept ? one : digestAnew(declared && valueAt(declared, pointer), key)] as const;
  });
  const isSame = digests.every(([pointer, one]) => entry.digests[pointer] === one);
  const { intent, ...rest } = entry;
  const isSealed = intent?.key !== undefined && intent.key !== check;
  if (isSame && !isSealed) return entry;
  const next = { ...rest, digests: Object.fromEntries(digests) };
  if (!intent || !isSealed) return intent ? { ...next, intent } : next;
  // What is live settles an update in any case.
  if (intent.move === "update") return { ...next, status: "incomplete" };
  return new ResourceError(
    "STATE_KEY",
    `the ${intent.move} begun at ${intent.startedAt} is sealed with the other key`,
    {
      id: entry.id,
      type: entry.type,
      advice:
        "Bring that key back to settle it; or look at AWS what was made, forget the entry with await-aws state rm, and adopt it.",
    },
  );
}

/** A value that is known only after apply is none of those that were. */
function digestAnew(value: Json | undefined, key: Uint8Array): string {
  if (value === undefined || leavesOf(value).some((leaf) => isUnknown(leaf.value))) return anyDigest;
  return digestOf(key, value);
}
