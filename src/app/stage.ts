import type { Entry } from "../entry.ts";
import type { ResourceError } from "../errors.ts";
import type { Records, Scope } from "../scope/scope.ts";
import type { Lock, StageState } from "../state/store.ts";
import type { Settings } from "./settings.ts";

interface Held {
  readonly lock: Lock;
  readonly records: Records;
}

/** A stage as its run holds it; see Scope.hold and Scope.release. */
export type Stage = Pick<Scope, "hold" | "release">;

/**
 * Shares one lock among calls that overlap: taken by the first, given back after the last. Between two calls that
 * follow each other in one turn of the event loop it stays.
 */
export function stageOf(settings: Settings): Stage {
  let users = 0;
  let held: Promise<Held> | undefined;

  const release = async (): Promise<void> => {
    if (users > 0 || !held) return;
    const last = held;
    held = undefined;
    await (await last).lock.release();
  };

  const taken = async (): Promise<Held> => {
    held ??= take(settings);
    try {
      return await held;
    } catch (error) {
      held = undefined;
      throw error;
    }
  };

  return {
    release,
    hold: async (work) => {
      users += 1;
      try {
        return await work((await taken()).records);
      } finally {
        users -= 1;
        setImmediate(() => void release().catch(() => undefined));
      }
    },
  };
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
    return { lock, records: await recordsOf(state) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function recordsOf(state: StageState): Promise<Records> {
  const entries = new Map<string, Entry | ResourceError>(await state.entries());
  return {
    key: await state.key(),
    get: (id) => entries.get(id),
    all: () => entries,
    put: (entry) => kept(entries, entry.id, entry, () => state.put(entry)),
    remove: (id) => kept(entries, id, undefined, () => state.remove(id)),
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
