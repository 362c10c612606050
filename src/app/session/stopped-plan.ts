import type { ResourceError } from "../../errors.ts";
import { callsBefore } from "../../resource/outputs/planned-outputs.ts";
import type { Scope } from "../../scope/scope.ts";

/**
 * What ended a plan, if anything did: the first thing that its program looked into and that is known only after apply.
 * A look that threw nothing let the program go on, nobody knows where to: what it declared after is planned no more.
 */
export function stoppedIn({ unknowns, seen, changes }: Scope): ResourceError | undefined {
  const [first] = unknowns;
  const counts = unknowns.map(callsBefore).filter((count) => count !== undefined);
  if (counts.length > 0) {
    const certain = new Set([...seen.keys()].slice(0, Math.min(...counts)));
    const kept = changes.filter(({ id }) => certain.has(id));
    changes.splice(0, changes.length, ...kept);
  }
  return first;
}
