import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { StateStore } from "../../../src/state/store.ts";

type Faults = NonNullable<EmulatorOptions["faults"]>;

/** A process that dies at one point of its life: from then on nothing that it sends arrives, and nothing is written. */
export interface Mortal {
  readonly store: StateStore;
  readonly faults: Faults;
  /** Points passed so far; each request and each state write has one before and one after it. */
  readonly points: () => number;
  readonly isDead: () => boolean;
  /** Ends this life: another process reaches the cloud unharmed. */
  readonly bury: () => void;
}

/** Dies at the n-th point; never, where n is 0. */
export function mortal(store: StateStore, n: number): Mortal {
  let points = 0;
  let dead = false;
  let buried = false;
  const reach = (): boolean => {
    points += 1;
    dead ||= points === n;
    return dead;
  };
  const orDie = async (write: () => Promise<void>): Promise<void> => {
    if (dead || reach()) throw new Error("the process died");
    await write();
    if (reach()) throw new Error("the process died");
  };
  return {
    store: dyingStore(store, orDie),
    faults: () => {
      if (buried) return undefined;
      if (dead || reach()) return refusal;
      return reach() ? { dropAfter: true } : undefined;
    },
    points: () => points,
    isDead: () => dead,
    bury: () => {
      buried = true;
    },
  };
}

// Nothing is done, and no client tries it again.
const refusal = { error: { type: "AccessDeniedException", message: "the process died" } } as const;

function dyingStore(store: StateStore, orDie: (write: () => Promise<void>) => Promise<void>): StateStore {
  return {
    unlock: (app, stage) => store.unlock(app, stage),
    stages: () => store.stages(),
    open: async (app, stage) => {
      const state = await store.open(app, stage);
      return {
        entries: () => state.entries(),
        key: () => state.key(),
        lock: async () => ({ ...(await state.lock()), release: () => Promise.resolve() }),
        put: (entry) => orDie(() => state.put(entry)),
        remove: (id) => orDie(() => state.remove(id)),
      };
    },
  };
}
