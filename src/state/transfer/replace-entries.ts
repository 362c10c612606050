import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { entryText } from "../entry-text.ts";
import type { StageState } from "../store.ts";

/** What a stage has recorded, by id. */
export type Entries = ReadonlyMap<string, Entry>;

/** Reads all that a stage has recorded; the first that cannot be trusted is thrown. */
export async function readWhole(state: StageState): Promise<Entries> {
  for (const error of ((await state.misplaced?.()) ?? new Map<string, ResourceError>()).values()) throw error;
  const whole = new Map<string, Entry>();
  for (const [id, entry] of await state.entries()) {
    if (isResourceError(entry)) throw entry;
    whole.set(id, entry);
  }
  return whole;
}

/** Tells whether two entries say the same. */
export const isSameEntry = (one: Entry | undefined, other: Entry | undefined): boolean =>
  one !== undefined && other !== undefined && entryText(one) === entryText(other);

/**
 * Makes what a stage has recorded what is given: all of it, or, where a write fails, what was there before. Whoever
 * does so holds the stage.
 */
export async function replaceEntries(state: StageState, before: Entries, after: Entries): Promise<void> {
  try {
    await changeEntries(state, before, after);
  } catch (error) {
    await changeEntries(state, after, before).catch((cause: unknown) => {
      throw halfWritten(error, cause);
    });
    throw error;
  }
}

async function changeEntries(state: StageState, before: Entries, after: Entries): Promise<void> {
  const gone = [...before.keys()].filter((id) => !after.has(id));
  const changed = [...after.values()].filter((entry) => !isSameEntry(entry, before.get(entry.id)));
  await settleAll([...gone.map((id) => state.remove(id)), ...changed.map((entry) => state.put(entry))]);
}

/** Waits for all, so that nothing is under way when the first failure is thrown. */
async function settleAll(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works))
    if (outcome.status === "rejected") throw outcome.reason;
}

function halfWritten(error: unknown, cause: unknown): ResourceError {
  const [why, also] = [error, cause].map((one) => (isResourceError(one) ? one.what : String(one)));
  return new ResourceError(
    "STATE_UNWRITABLE",
    `${why}; and what was written could not be taken back: ${also}`,
    {
      advice: "Do it once more when the store can be written to: what is there already is written again.",
      cause: error,
    },
  );
}
