import type { Entry } from "../entry.ts";
import { isInline } from "../resource/inline.ts";
import { ownerOf } from "../resource/owner.ts";
import type { Records, Scope } from "../scope/scope.ts";

/**
 * Tells whether an entry that is left over is only forgotten: kept on purpose, or another id has its resource, or what
 * it lived in now asks for it itself.
 */
export function isForgotten(scope: Scope, records: Records, entry: Entry): boolean {
  return (
    entry.retain === true ||
    scope.wishes.retain?.includes(entry.id) === true ||
    ownerOf(records, entry) !== undefined ||
    isInline(scope, entry)
  );
}
