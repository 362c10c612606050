import type { Entry } from "../entry.ts";
import { bundledFacts } from "../schema/bundled.ts";
import { identifierOf } from "../schema/identifier.ts";
import type { Scope } from "../scope/scope.ts";
import { noteOf } from "../services/notes.ts";
import { nameIn, partOwnerOf, partIn } from "./model.ts";

/**
 * Tells whether a part that no call declares has become what the call of its owner states in the part's place: deleting
 * it would take away what that call has asked for.
 */
export function isInline({ journal: { declared, seen } }: Scope, { type, identifier }: Entry): boolean {
  const part = noteOf(type)?.part;
  if (!part || identifier === undefined) return false;
  const name = nameIn(part, identifier);
  const owner = partOwnerOf(part, name);
  const facts = bundledFacts(part.owner) ?? {};
  return [...declared].some(
    ([id, desired]) =>
      seen.get(id) === part.owner &&
      identifierOf(facts, desired) === owner &&
      partIn(part, desired, name) !== undefined,
  );
}
