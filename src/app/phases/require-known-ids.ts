import { ResourceError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import type { ResourceRunOptions } from "../../scope/scope.ts";

/** Refuses options that name ids that are neither declared nor recorded: what was meant would be left undone in silence. */
export function requireKnownIds(
  { targets, replace, retain }: Pick<ResourceRunOptions, "targets" | "replace" | "retain">,
  ids: Iterable<string>,
): void {
  const known = new Set(ids);
  for (const [option, named = []] of Object.entries({ targets, replace, retain })) {
    const stray = named.find((id) => !known.has(id));
    if (stray === undefined) continue;
    const meant = nearest(stray, known);
    const hint = meant === undefined ? "" : `, did you mean ${JSON.stringify(meant)}?`;
    throw new ResourceError(
      "VALIDATION",
      `${option} names ${JSON.stringify(stray)}, which is neither declared nor recorded${hint}`,
      { paths: [`/${option}`], advice: "Name ids as the script declares them, or as state list shows them." },
    );
  }
}
