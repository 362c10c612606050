import type { Superseded } from "../entry.ts";
import { type Takeover } from "./decide.ts";
import { shownPatch } from "./mask.ts";
import { withFrom } from "./operations.ts";
import { record } from "./outcome.ts";
import { claimOf, requireUnowned } from "./owner.ts";
import { patchedOrLearned } from "./patching.ts";
import { entryOf } from "./record.ts";
import { type Acted, type Context, started } from "./write.ts";

/** Takes over what was found, by a patch or as it is. */
export async function adopt(
  context: Context,
  { found, patch }: Takeover,
  superseded: readonly Superseded[],
): Promise<Acted> {
  const { call, cloud, dependencies, records, scope } = context;
  requireUnowned(records, claimOf(context, found));
  const told = withFrom(patch, { live: found.live, writeOnly: call.facts.writeOnly });
  started(context, "adopt", shownPatch(context.call, told, found));
  // What is taken over is wanted again: under its own name it waits no longer to be deleted.
  if (patch.length === 0) return record(context, found, { move: "adopt", patch, superseded });
  // Ours from here on, with nothing owned yet: a run cut off now updates it, and removes nothing.
  const known = { home: cloud.home, dependencies, status: "incomplete", superseded, ...found } as const;
  const entry = entryOf({ ...known, call: { ...call, desired: {} } }, records.key, scope.now());
  await records.put(entry);
  const update = { entry, before: found.live, patch, isAsked: () => true };
  const { unapplied, ...live } = await patchedOrLearned(context, update);
  return record(context, live, { move: "adopt", patch: told, superseded, unapplied });
}
