import { ResourceError } from "../../errors.ts";
import { keyedIn } from "../fit.ts";
import type { Lock, StageName, StageState, StateStore, Waiting } from "../store.ts";
import { type Entries, isSameEntry, readWhole, replaceEntries } from "./replace-entries.ts";

/** What was moved. */
export interface Migrated {
  readonly stages: readonly StageName[];
  readonly entries: number;
  readonly runs: number;
  /** Whether the key by which secrets are digested went along; it does not where it is given from outside. */
  readonly isKeyMoved: boolean;
}

/** A stage on both sides, held. */
interface Pair {
  readonly name: StageName;
  readonly from: StageState;
  readonly to: StageState;
  readonly entries: Entries;
  /** What the other side has of it already, from a migration that was cut off. */
  readonly there: Entries;
}

/**
 * Copies all that a store holds into another that is empty: entries, history, what was learned, and the key, so that
 * digests and seals stay valid. Both sides are locked meanwhile. Nothing is written before all has been read; what
 * fails later is taken back. One that was cut off goes on: what is there already and is the same does not count.
 */
export async function migrateStore(
  from: StateStore,
  to: StateStore,
  waiting: Waiting = {},
): Promise<Migrated> {
  requireOther(from, to);
  const names = await allStages(from);
  await requireRoom(names, to);
  const locks: Lock[] = [];
  try {
    const pairs: Pair[] = [];
    for (const name of names) pairs.push(await holdBoth(name, { from, to, waiting }, locks));
    for (const pair of pairs) requireSame(pair);
    const isKeyMoved = await moveKey(from, to, pairs);
    for (const { to: state, entries } of pairs) await state.findKey?.(entries);
    const runs = await copyAll(pairs);
    await copyLearned(from, to);
    const count = pairs.reduce((sum, { entries }) => sum + entries.size, 0);
    return { stages: names, entries: count, runs, isKeyMoved };
  } finally {
    for (const lock of locks.toReversed()) await lock.release();
  }
}

function requireOther(from: StateStore, to: StateStore): void {
  if (from !== to && (from.place === undefined || from.place !== to.place)) return;
  throw new ResourceError("VALIDATION", "a store cannot be migrated into itself");
}

/** Those with entries, and those of which only the history is left. */
async function allStages(store: StateStore): Promise<readonly StageName[]> {
  const all = [...(await store.stages()), ...((await store.stagesWithRuns?.()) ?? [])];
  const byKey = new Map(all.map((one) => [JSON.stringify([one.app, one.stage]), one]));
  return [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, name]) => name);
}

async function requireRoom(names: readonly StageName[], to: StateStore): Promise<void> {
  const strangers = (await allStages(to)).filter(
    ({ app, stage }) => !names.some((one) => one.app === app && one.stage === stage),
  );
  if (strangers.length > 0) throw notEmpty(strangers);
}

const notEmpty = (stages: readonly StageName[]): ResourceError => {
  const shown = stages.slice(0, 3).map(({ app, stage }) => `${JSON.stringify(app)} (${stage})`);
  const more = stages.length > shown.length ? ` and ${stages.length - shown.length} more` : "";
  return new ResourceError(
    "STATE_UNWRITABLE",
    `the store to migrate into is not empty: it has ${shown.join(", ")}${more}`,
    {
      advice:
        "Name one that is empty: nothing was moved. A single stage is put into another store by state pull and push.",
    },
  );
};

interface Sides {
  readonly from: StateStore;
  readonly to: StateStore;
  readonly waiting: Waiting;
}

async function holdBoth(
  { app, stage }: StageName,
  { from, to, waiting }: Sides,
  locks: Lock[],
): Promise<Pair> {
  const states = [await from.open(app, stage), await to.open(app, stage)] as const;
  for (const state of states) locks.push(await state.lock(waiting));
  const [entries, there] = [await readWhole(states[0]), await readWhole(states[1])];
  return { name: { app, stage }, from: states[0], to: states[1], entries, there };
}

function requireSame({ name, entries, there }: Pair): void {
  for (const [id, entry] of there) if (!isSameEntry(entry, entries.get(id))) throw notEmpty([name]);
}

/** Digests and seals are worth nothing without the key that made them. */
async function moveKey(from: StateStore, to: StateStore, pairs: readonly Pair[]): Promise<boolean> {
  const key = await from.ownKey?.find();
  if (!key || !to.ownKey) return false;
  const kept = await to.ownKey.keep(key);
  const isNeeded = pairs.some(({ entries }) => keyedIn(entries).length > 0);
  if (Buffer.from(kept).equals(Buffer.from(key)) || !isNeeded) return true;
  throw new ResourceError("STATE_KEY", "the store to migrate into has a key of its own already", {
    advice: "Remove that key where nothing needs it, or name another store: nothing was moved.",
  });
}

async function writeAll(pairs: readonly Pair[]): Promise<void> {
  const done: Pair[] = [];
  try {
    for (const pair of pairs) {
      await replaceEntries(pair.to, pair.there, pair.entries);
      done.push(pair);
    }
  } catch (error) {
    for (const { to, entries, there } of done) await replaceEntries(to, entries, there);
    throw error;
  }
}

/** Copies histories, then entries, and takes both back where one fails; gives how many runs there are. */
async function copyAll(pairs: readonly Pair[]): Promise<number> {
  const written: (() => Promise<void> | undefined)[] = [];
  try {
    let count = 0;
    for (const pair of pairs) count += await copyRuns(pair, written);
    await writeAll(pairs);
    return count;
  } catch (error) {
    for (const takeBack of written) await takeBack();
    throw error;
  }
}

async function copyRuns({ from, to }: Pair, written: (() => Promise<void> | undefined)[]): Promise<number> {
  const names = to.runs ? ((await from.runs?.names()) ?? []) : [];
  const there = new Set(await to.runs?.names());
  for (const name of names) {
    const text = await from.runs?.read(name);
    if (text === undefined) continue;
    if (!there.has(name)) written.push(() => to.runs?.remove(name));
    await to.runs?.write(name, text);
  }
  return names.length;
}

/** What is lost of it is learned anew. */
async function copyLearned(from: StateStore, to: StateStore): Promise<void> {
  try {
    const learned = await from.learned?.read();
    if (learned !== undefined) await to.learned?.write(learned);
  } catch {
    return;
  }
}
