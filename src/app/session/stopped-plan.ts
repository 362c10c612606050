import type { ResourceError } from "../../errors.ts";
import { keepReports } from "../../resource/report.ts";
import type { Scope } from "../../scope/scope.ts";

/**
 * What ended a plan, if anything did: the first thing that its program looked into and that is known only after apply.
 * A look that threw nothing let the program go on, nobody knows where to: what it declared after is planned no more.
 */
export function stoppedIn({ journal }: Scope): ResourceError | undefined {
  const { unknowns, seen } = journal;
  const counts = unknowns.map(({ callsBefore }) => callsBefore).filter((count) => count !== undefined);
  if (counts.length > 0) {
    const certain = new Set([...seen.keys()].slice(0, Math.min(...counts)));
    keepReports(journal, (id) => certain.has(id));
  }
  return unknowns[0]?.error;
}
