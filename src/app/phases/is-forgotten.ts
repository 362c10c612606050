import type { Entry } from "../../entry.ts";
import { isInline } from "../../parts/inline.ts";
import { claimantOf } from "../../resource/record/owner.ts";
import type { Records, Scope } from "../../scope/scope.ts";

/**
 * Tells whether an entry that is left over is only forgotten: kept on purpose, or another id has its resource, or what
 * it lived in now asks for it itself.
 */
export function isForgotten(scope: Scope, records: Records, entry: Entry): boolean {
  return (
    entry.retain === true ||
    scope.runOptions.retain?.includes(entry.id) === true ||
    claimantOf(records, entry) !== undefined ||
    isInline(scope, entry)
  );
}
