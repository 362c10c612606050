import { vi } from "vitest";
import { isResourceError } from "../../../src/errors.ts";
import { storeInBucket } from "../../../src/state/s3/s3-store.ts";
import type { Bucket } from "../../../src/state/s3/bucket.ts";
import type { Lock, StageState } from "../../../src/state/store.ts";
import { type BucketInMemory, bucketInMemory } from "./bucket-in-memory.ts";
import { entryOf } from "./entry.ts";

// Machines that share a stage, in simulated time: requests take their time there and back, answers get lost and are asked
// for again, machines are suspended for longer than a term, and the clocks of some stand still meanwhile, as those of a
// virtual machine do that is halted from outside. Each run reads a counter under its lock and counts on.

/** What came of it. */
export interface Outcome {
  /** What each write was promised to have counted, in no order. */
  readonly promised: readonly number[];
  /** The ids of all writes that were promised, and of all that were begun. */
  readonly kept: ReadonlySet<string>;
  readonly begun: ReadonlySet<string>;
  /** The stage at the end. */
  readonly ids: ReadonlySet<string>;
  readonly counter: number;
  /** How often a run was told that it has lost its stage, or found it locked; took one over; sent what it may not. */
  readonly locked: number;
  readonly takenOver: number;
  readonly strays: number;
}

const termMs = 30_000;

interface Event {
  readonly at: number;
  readonly act: () => void;
  /** The machine that must be awake for it. */
  readonly of: number | undefined;
}

interface World {
  readonly bucket: BucketInMemory;
  readonly random: () => number;
  readonly schedule: (afterMs: number, act: () => void, of?: number) => void;
  readonly time: () => number;
  /** ms by which the clock of a machine is behind what has passed. */
  readonly behind: number[];
  /** Whose a lock is, by what it says of its holder. */
  readonly owners: Map<string, number>;
}

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A bucket as a machine reaches it. */
function reachedFrom({ bucket, random, schedule, owners }: World, machine: number): Bucket {
  const ask = <T>(act: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // A request that has left arrives, whatever becomes of its machine; one in so many is long on its way.
      const there = random() < 0.03 ? 40_000 * random() : 30 * random();
      const depart = (): void => schedule(there, () => void arrive().catch(reject));
      const arrive = async (): Promise<void> => {
        const answer = await act();
        if (random() < 0.08) schedule(500, depart, machine);
        else schedule(30 * random(), () => resolve(answer), machine);
      };
      schedule(0, depart, machine);
    });
  return {
    nameOf: (key) => bucket.nameOf(key),
    get: (key) => ask(() => bucket.get(key)),
    put: (key, text, when) => {
      if (key === lock) owners.set(holderIn(text) ?? "", machine);
      return ask(() => bucket.put(key, text, when));
    },
    remove: (key, tag) => ask(() => bucket.remove(key, tag)),
    removeAll: (keys) => ask(() => bucket.removeAll(keys)),
    list: (prefix) => ask(() => bucket.list(prefix)),
    folders: (prefix) => ask(() => bucket.folders(prefix)),
  };
}

const lock = "shop/dev/lock.json";

function holderIn(text: string): string | undefined {
  const { holder } = JSON.parse(text) as { readonly holder?: string };
  return holder;
}

interface Tally {
  readonly promised: number[];
  readonly kept: Set<string>;
  readonly begun: Set<string>;
  locked: number;
  takenOver: number;
  strays: number;
}

/** Lets machines count on one stage until each has had its runs. */
export async function simulateMachines(seed: number, machines = 2, runs = 4): Promise<Outcome> {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const random = randomOf(seed);
  const events: Event[] = [];
  const asleepUntil: number[] = Array.from({ length: machines }, () => 0);
  let time = 0;
  const world: World = {
    bucket: bucketInMemory(),
    random,
    time: () => time,
    owners: new Map(),
    behind: Array.from({ length: machines }, () => 0),
    schedule: (afterMs, act, of) => void events.push({ at: time + afterMs, act, of }),
  };
  const tally: Tally = {
    promised: [],
    kept: new Set(),
    begun: new Set(),
    locked: 0,
    takenOver: 0,
    strays: 0,
  };
  const working = new Set(world.behind.keys());
  const works = Array.from({ length: machines }, (_, machine) =>
    work(world, machine, { tally, runs }).finally(() => working.delete(machine)),
  );
  const suspend = (): void => {
    const machine = Math.floor(random() * machines);
    const ms = 70_000 * random();
    asleepUntil[machine] = time + ms;
    if (random() < 0.3) world.behind[machine] = (world.behind[machine] ?? 0) + ms;
    world.schedule(40_000 * random(), suspend);
  };
  world.schedule(10_000 * random(), suspend);
  try {
    while (working.size > 0) {
      await new Promise(setImmediate);
      const next = events.toSorted((a, b) => a.at - b.at)[0];
      if (!next) continue;
      events.splice(events.indexOf(next), 1);
      const wakes = next.of === undefined ? 0 : (asleepUntil[next.of] ?? 0);
      if (wakes > next.at) {
        events.push({ ...next, at: wakes });
        continue;
      }
      vi.advanceTimersByTime(Math.max(0, next.at - time));
      time = Math.max(time, next.at);
      world.bucket.now = time;
      next.act();
    }
    await Promise.all(works);
  } finally {
    vi.useRealTimers();
  }
  return { ...tally, ...(await endOf(world.bucket)) };
}

async function endOf(bucket: Bucket): Promise<Pick<Outcome, "ids" | "counter">> {
  const entries = await (await storeInBucket(bucket, "").open("shop", "dev")).entries();
  const counted = entries.get("counter");
  const counter = counted && "identifier" in counted ? Number(counted.identifier) : 0;
  return { ids: new Set([...entries.keys()].filter((id) => id !== "counter")), counter };
}

interface Course {
  readonly tally: Tally;
  readonly runs: number;
}

async function work(world: World, machine: number, { tally, runs }: Course): Promise<void> {
  const { time, schedule, behind, random } = world;
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => schedule(ms, resolve, machine));
  const lockClock = { now: () => 1_000 * machine + time() - (behind[machine] ?? 0), sleep };
  const store = storeInBucket(reachedFrom(world, machine), "", { lockTerm: termMs, lockClock });
  for (let run = 0; run < runs; run++) {
    try {
      const state = await store.open("shop", "dev");
      const held = await state.lock();
      if (held.takenOver) tally.takenOver += 1;
      await count(world, { state, lock: held, name: `${machine}-${run}`, machine }, tally);
    } catch (error) {
      if (!isResourceError(error) || error.code !== "LOCKED") throw error;
      tally.locked += 1;
      run -= random() < 0.7 ? 1 : 0;
      await sleep(5_000 * random());
    }
  }
}

interface Run {
  readonly state: StageState;
  readonly lock: Lock;
  readonly name: string;
  readonly machine: number;
}

async function count(world: World, { state, lock: held, name, machine }: Run, tally: Tally): Promise<void> {
  const counted = (await state.entries()).get("counter");
  let counter = counted && "identifier" in counted ? Number(counted.identifier) : 0;
  for (let i = 0; i < 5; i++) {
    counter += 1;
    const [id, value] = [`${name}-${i}`, counter];
    tally.begun.add(id);
    await Promise.all([
      state.put(entryOf("counter", { identifier: String(value) })).then(() => tally.promised.push(value)),
      state.put(entryOf(id)).then(() => tally.kept.add(id)),
    ]);
    held.check?.();
    const isHonest = (world.behind[machine] ?? 0) === 0;
    if (isHonest && !isHeldBy(world, machine)) tally.strays += 1;
    await new Promise<void>((resolve) => world.schedule(2_000 * world.random(), resolve, machine));
  }
  await held.release();
}

/** Whether the bucket has the lock of this machine. */
function isHeldBy({ bucket, owners }: World, machine: number): boolean {
  const text = bucket.objects.get(lock)?.text;
  return text !== undefined && owners.get(holderIn(text) ?? "") === machine;
}
