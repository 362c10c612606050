import { randomBytes } from "node:crypto";
import type { Entry } from "../entry.ts";
import { ResourceError } from "../errors.ts";
import type { Records, Scope } from "../scope/scope.ts";
import type { Lock, StageState } from "../state/store.ts";
import type { Settings } from "./settings.ts";

interface Held {
  readonly lock: Lock | undefined;
  readonly records: Records;
}

/** A stage as its run holds it; see Scope.hold and Scope.release. */
export type Stage = Pick<Scope, "hold" | "release" | "conclude" | "requireOpen">;

/**
 * Shares one lock among calls that overlap: taken by the first, given back after the last. Between two calls that
 * follow each other in one turn of the event loop it stays. A stage that is kept is over once it is released: what
 * comes later is refused, and does not take it again. A run that withholds its writes takes no lock.
 */
export function stageOf(settings: Settings, isKept = false): Stage {
  let users = 0;
  let held: Promise<Held> | undefined;
  // Ends when the lock that was given back last is free: no sooner may it be taken again.
  let freed: Promise<unknown> = Promise.resolve();
  let isOver = false;
  let closed: ReadonlySet<string> | "all" = new Set();

  const release = async (): Promise<void> => {
    if (users > 0 || !held) return void (await freed);
    const freeing = held.then(({ lock }) => lock?.release());
    held = undefined;
    freed = freeing.catch(() => undefined);
    await freeing;
  };

  const taken = async (): Promise<Held> => {
    held ??= freed.then(() => (settings.withholds ? read(settings) : take(settings)));
    try {
      return await held;
    } catch (error) {
      // Where the whole run hangs on the stage, a second call need not try what the first could not.
      if (!isKept) held = undefined;
      throw error;
    }
  };

  return {
    conclude: (ids) => {
      closed = ids ? new Set(ids) : "all";
    },
    requireOpen: (id) => {
      if (isOver || closed === "all" || closed.has(id)) throw tooLate();
    },
    release: () => {
      isOver = isKept;
      return release().catch((error: unknown) => ignoreUntaken(error, isKept));
    },
    hold: async (work) => {
      if (isOver) throw tooLate();
      users += 1;
      try {
        return await work((await taken()).records);
      } finally {
        users -= 1;
        if (!isKept || isOver) setImmediate(() => void release().catch(() => undefined));
      }
    },
  };
}

const tooLate = (): ResourceError =>
  new ResourceError("ABORTED", "the run has ended: this was not begun", {
    advice:
      "Declare it before finalize(), and let the program wait for whatever makes calls later, such as a timer.",
  });

/** A stage that could not be taken has told so already. */
function ignoreUntaken(error: unknown, isKept: boolean): void {
  if (!isKept) throw error;
}

/** What is recorded, to be read: what this run writes, it alone sees. */
async function read({ store, app, stage }: Settings): Promise<Held> {
  const state = await store.open(app, stage);
  const entries = new Map(await state.entries());
  // A stage of which nothing is recorded has nothing to compare by key, and makes none.
  const key = entries.size > 0 ? await state.key() : randomBytes(32);
  return { lock: undefined, records: recordsIn(entries, key) };
}

async function take({ store, app, stage, listener }: Settings): Promise<Held> {
  const state = await store.open(app, stage);
  const lock = await state.lock();
  if (lock.takenOver) {
    const { host, pid, since } = lock.takenOver;
    listener({
      name: "notice",
      message: `took over the lock of process ${pid} on ${host} (held since ${since})`,
    });
  }
  try {
    // Read after the lock is ours: another run may have written until just now.
    return { lock, records: recordsIn(new Map(await state.entries()), await state.key(), state) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function recordsIn(
  entries: Map<string, Entry | ResourceError>,
  key: Uint8Array,
  state?: Pick<StageState, "put" | "remove">,
): Records {
  return {
    key,
    get: (id) => entries.get(id),
    all: () => entries,
    put: (entry) => kept(entries, entry.id, entry, async () => state?.put(entry)),
    remove: (id) => kept(entries, id, undefined, async () => state?.remove(id)),
  };
}

/** Shows a change to every other call at once, so that two cannot claim the same resource; a refused one is undone. */
async function kept(
  entries: Map<string, Entry | ResourceError>,
  id: string,
  entry: Entry | undefined,
  keep: () => Promise<void>,
): Promise<void> {
  const before = entries.get(id);
  set(entries, id, entry);
  try {
    await keep();
  } catch (error) {
    set(entries, id, before);
    throw error;
  }
}

function set<T>(map: Map<string, T>, id: string, value: T | undefined): void {
  if (value === undefined) map.delete(id);
  else map.set(id, value);
}
