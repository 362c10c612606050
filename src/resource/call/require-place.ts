import { ResourceError } from "../../errors.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import { checkId } from "../../state/name.ts";
import type { Call } from "./read-call.ts";

/** Refuses an id that a disk may mistake for another, and an order that nothing would keep. */
export function requirePlace({ journal }: Scope, records: Records, { id, options }: Call): void {
  const like = [records.idLike(id), journal.spelled.get(id.toLowerCase())];
  const unfit = records.get(id)
    ? undefined
    : checkId(
        id,
        like.filter((other) => other !== undefined),
      );
  if (unfit) throw unfit;
  for (const needed of options.dependsOn ?? []) {
    if (typeof needed !== "string" || journal.resolved.has(needed)) continue;
    throw new ResourceError(
      "VALIDATION",
      `dependsOn names ${JSON.stringify(needed)}, which is not there yet`,
      {
        paths: ["/dependsOn"],
        advice: "Declare and await that resource first.",
      },
    );
  }
}
