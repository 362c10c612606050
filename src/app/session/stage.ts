import { randomBytes } from "node:crypto";
import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import type { Holder } from "../../author.ts";
import type { Records, Scope } from "../../scope/scope.ts";
import { takeoverText } from "../../state/lock/holder-text.ts";
import type { Lock, StageState } from "../../state/store.ts";
import type { Settings } from "../options/settings.ts";
import { jsonText } from "../../unruly.ts";
import { indexEntries } from "./entry-index.ts";
import { rankEntries } from "./rank-entries.ts";
import type { RunHistory } from "./run-history.ts";
import { lockWithin } from "./wait-for-lock.ts";
import { withoutKey } from "./without-key.ts";

interface Held {
  /** The stage and its lock, where this run may write. */
  readonly taken: Taken | undefined;
  readonly records: Records;
}

interface Taken {
  readonly state: StageState;
  readonly lock: Lock;
}

/** A stage as its run holds it; see Scope.hold and Scope.release. */
export type Stage = Pick<Scope, "hold" | "release" | "conclude" | "requireOpen">;

/** How a stage is held. */
interface HoldOptions {
  /** Keeps the stage from its first use until it is released. */
  readonly isKept?: boolean | undefined;
  /** Begins without the store's key too: what needs it fails by itself. */
  readonly isKeyless?: boolean | undefined;
  /** Done each time before the stage is given back, while nobody else writes to the store's stage; fails nothing. */
  readonly whenFreed?: () => Promise<void>;
  /** Leaves a record of the run. */
  readonly history: RunHistory;
}

/**
 * Shares one lock among calls that overlap: taken by the first, given back after the last. Between two calls that
 * follow each other in one turn of the event loop it stays. A stage that is kept is over once it is released: what
 * comes later is refused, and does not take it again. A run that withholds its writes takes no lock.
 */
export function stageOf(settings: Settings, options: HoldOptions): Stage {
  const { isKept = false, isKeyless = false } = options;
  let users = 0;
  let held: Promise<Held> | undefined;
  // What it has come to, for those who need not wait.
  let ready: Held | undefined;
  // Ends when the lock that was given back last is free: no sooner may it be taken again.
  let freed: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const warn = warnOnce(settings);
  const { conclude, isConcluded } = concludeCalls();

  const release = async (endedBy?: unknown): Promise<void> => {
    if (users > 0 || !held) return void (await freed);
    const freeing = held.then(({ taken }) => taken && free(taken, options, endedBy));
    [held, ready] = [undefined, undefined];
    freed = freeing.catch(() => undefined);
    await freeing;
  };

  const takeOnce = async (): Promise<Held> => {
    held ??= freed.then(async () => {
      await warn();
      return settings.withholds ? read(settings, isKeyless) : take(settings, options);
    });
    try {
      return (ready = await held);
    } catch (error) {
      // Where the whole run hangs on the stage, a second call need not try what the first could not.
      if (!isKept) held = undefined;
      throw error;
    }
  };

  return {
    conclude,
    requireOpen: (id) => {
      if (isOver || isConcluded(id)) throw tooLate();
    },
    release: (error) => {
      isOver = isKept;
      return release(error).catch((failure: unknown) => ignoreUntaken(failure, isKept));
    },
    hold: async (work) => {
      if (isOver) throw tooLate();
      users += 1;
      try {
        return await work((ready ?? (await takeOnce())).records);
      } finally {
        users -= 1;
        if (!isKept || isOver) setImmediate(() => void release().catch(() => undefined));
      }
    },
  };
}

async function free(
  { state, lock }: Taken,
  { whenFreed, history }: HoldOptions,
  error: unknown,
): Promise<void> {
  await Promise.all([whenFreed?.(), history.end(state, error)]);
  await lock.release();
}

/** Knows of which ids no call is taken any more. */
function concludeCalls(): Pick<Stage, "conclude"> & { readonly isConcluded: (id: string) => boolean } {
  let closed: ReadonlySet<string> | "all" = new Set();
  return {
    conclude: (ids) => {
      closed = ids ? new Set(ids) : "all";
    },
    isConcluded: (id) => closed === "all" || closed.has(id),
  };
}

/** Warns of a new folder the first time. */
function warnOnce(settings: Settings): () => Promise<void> {
  let isWarned = false;
  return async () => {
    if (!isWarned) await warnOfNewFolder(settings);
    isWarned = true;
  };
}

/** On the machine of tomorrow the state that this run writes would be missing, and what it made would be made again. */
async function warnOfNewFolder({ folderInCi, store, listener }: Settings): Promise<void> {
  if (folderInCi === undefined || (await store.stages()).length > 0) return;
  const message =
    `CI runs with a new state folder, ${folderInCi}: what earlier runs have made is not known here, and what this ` +
    "one makes is forgotten with the machine. Restore and keep the folder between runs (a cache, an artifact, a " +
    "volume), set AWAIT_AWS_STATE to one that lasts, or pass a store; adopt: true takes over what exists.";
  listener({ name: "notice", message });
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

/** What is recorded, to be read: what this run writes, it alone sees. It makes no key either. */
async function read({ store, app, stage, rekeys }: Settings, isKeyless: boolean): Promise<Held> {
  const state = await store.open(app, stage);
  const recorded = await entriesIn(state);
  // What is about to be digested anew counts as what the script says.
  if (rekeys) return { taken: undefined, records: recordsIn(withoutDigests(recorded), undefined) };
  const key = await keyOf(() => findKey(state, recorded), isKeyless);
  return { taken: undefined, records: recordsIn(recorded, key) };
}

async function take(settings: Settings, { isKeyless = false, history }: HoldOptions): Promise<Held> {
  const { store, app, stage, listener, signal, clock, lockTimeoutMs: timeoutMs } = settings;
  const state = await store.open(app, stage);
  const tell = (message: string, holder?: Holder): void =>
    listener({ name: "notice", message, ...(holder && { holder }) });
  const lock = await lockWithin(state, { timeoutMs, clock, signal, tell });
  if (lock.takenOver) tell(takeoverText(lock.takenOver));
  try {
    // Read after the lock is ours: another run may have written until just now.
    const entries = await entriesIn(state);
    const key = await keyOf(() => (isKeyless ? findKey(state, entries) : state.key(entries)), isKeyless);
    const writes = noteRun(tellWrites(settings, state), state, history);
    return {
      taken: { state, lock },
      records: recordsIn(entries, key, { state: writes, lock, run: history.run }),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

type Writes = Pick<StageState, "put" | "remove">;

/** Begins the record of a run beside its first write. */
const noteRun = (writes: Writes, state: StageState, history: RunHistory): Writes => ({
  put: (entry) => {
    history.begin(state);
    return writes.put(entry);
  },
  remove: (id) => {
    history.begin(state);
    return writes.remove(id);
  },
});

/** Tells of what is written, where somebody has asked for it: the size of an entry is not to be had for nothing. */
function tellWrites({ traces, listener }: Settings, state: Writes): Writes {
  if (!traces.has("record")) return state;
  return {
    put: async (entry) => {
      await state.put(entry);
      const { id, type, status, intent } = entry;
      // One line end, as in a file.
      const bytes = Buffer.byteLength(jsonText(entry, 2)) + 1;
      const begun = intent && { intent: intent.move };
      listener({ name: "record", id, done: "written", type, status, ...begun, bytes });
    },
    remove: async (id) => {
      await state.remove(id);
      listener({ name: "record", id, done: "removed" });
    },
  };
}

/** What lies in the file of another counts as refused, and not as nothing. */
async function entriesIn(state: StageState): Promise<Map<string, Entry | ResourceError>> {
  const entries = await state.entries();
  return new Map([...((await state.misplaced?.()) ?? []), ...entries]);
}

const withoutDigests = (
  entries: ReadonlyMap<string, Entry | ResourceError>,
): Map<string, Entry | ResourceError> =>
  new Map([...entries].map(([id, entry]) => [id, isResourceError(entry) ? entry : withoutKey(entry)]));

/** The key of a stage: known, not there yet, or why it must not be used. */
type Key = Uint8Array | ResourceError | undefined;

async function keyOf(ask: () => Promise<Uint8Array | undefined>, isKeyless: boolean): Promise<Key> {
  try {
    return await ask();
  } catch (error) {
    if (isKeyless && isResourceError(error) && error.code === "STATE_KEY") return error;
    throw error;
  }
}

/** Another store may know no other way to its key than to make it. A stage with nothing to compare needs none. */
async function findKey(
  state: StageState,
  entries: ReadonlyMap<string, Entry | ResourceError>,
): Promise<Uint8Array | undefined> {
  if (state.findKey) return state.findKey(entries);
  return entries.size > 0 ? state.key(entries) : undefined;
}

function recordsIn(
  entries: Map<string, Entry | ResourceError>,
  found: Key,
  keeping?: { readonly state: Writes; readonly lock: Lock; readonly run: string },
): Records {
  // Where there is none yet, what this run digests is compared by nobody after it.
  const key = found ?? randomBytes(32);
  const index = indexEntries(entries);
  const putAs = (entry: Entry): Promise<void> =>
    index.keep(entry.id, entry, async () => keeping?.state.put(entry));
  return {
    get key() {
      if (isResourceError(key)) throw key;
      return key;
    },
    isKeyKept: found !== undefined && !isResourceError(found),
    requireHeld: () => keeping?.lock.check?.(),
    get: (id) => entries.get(id),
    all: () => entries,
    idLike: index.idLike,
    idsOf: index.idsOf,
    beingMade: index.beingMade,
    rankOf: rankEntries(entries),
    put: (entry) => putAs(keeping ? { ...entry, run: keeping.run } : entry),
    putBack: putAs,
    remove: (id) => index.keep(id, undefined, async () => keeping?.state.remove(id)),
  };
}
