import type { Superseded } from "../../entry.ts";
import { redactPatch } from "../secrets/redact-call.ts";
import { tellFrom } from "../secrets/shown-operations.ts";
import { recordOutcome, type MadeMove } from "./outcome.ts";
import { movedTags, withTagsAsFound } from "../record/run-tags.ts";
import { claimOf, requireUnowned } from "../record/owner.ts";
import { patchOrLearn } from "./patch.ts";
import { foundDigestsOf } from "../record/digests.ts";
import { entryOf } from "../record/make-entry.ts";
import { type Context, tellStarted } from "../context.ts";
import type { Takeover } from "../decide/adoption.ts";

/** Takes over what was found, by a patch or as it is. */
export async function adopt(
  given: Context,
  { found, patch }: Takeover,
  superseded: readonly Superseded[],
): Promise<MadeMove> {
  const context = { ...given, call: withTagsAsFound(given.call, found.live) };
  const { call, cloud, dependencies, records, scope } = context;
  const runTags = movedTags(call, found.live, undefined);
  requireUnowned(records, claimOf(context, found));
  const told = tellFrom(patch, { live: found.live, writeOnly: call.facts.writeOnly });
  tellStarted(context, "adopt", redactPatch(context.call, told, found));
  // What is taken over is wanted again: under its own name it waits no longer to be deleted.
  if (patch.length === 0) return recordOutcome(context, found, { move: "adopt", patch, superseded, runTags });
  // Ours from here on, with nothing owned yet: a run cut off now updates it, and removes nothing.
  const known = { home: cloud.home, dependencies, status: "incomplete", superseded, ...found } as const;
  const unowned = entryOf(
    { ...known, call: { ...call, desired: {}, tagging: undefined } },
    records.key,
    scope.now(),
  );
  const entry = { ...unowned, digests: foundDigestsOf(call, found.live) };
  await records.put(entry);
  const update = { entry, before: found.live, patch, isAsked: () => true };
  const { unapplied, ...live } = await patchOrLearn(context, update);
  return recordOutcome(context, live, { move: "adopt", patch: told, superseded, unapplied, runTags });
}
