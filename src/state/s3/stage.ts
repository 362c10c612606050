import type { Entry } from "../../entry.ts";
import { ResourceError } from "../../errors.ts";
import { type HeldStage, holdStage } from "../held-stage.ts";
import type { Keys } from "../keys.ts";
import type { LockClock } from "../lock/clock.ts";
import type { Ledger, Recorded } from "../log/ledger.ts";
import { checkId, fileNameOf, nameOf } from "../name.ts";
import type { Holder } from "../../author.ts";
import type { Lock, StageState, Waiting } from "../store.ts";
import type { Bucket } from "./bucket.ts";
import { unconditional } from "./failure.ts";
import { type LockSite, type ObjectLock, lookAtObjectLock, takeObjectLock } from "./lock-object.ts";
import { takeObjectLedger } from "./object-ledger.ts";
import {
  type ReadSnapshot,
  type SeenStage,
  type StagePlace,
  lockKey,
  readSnapshot,
  readStage,
  snapshotKey,
} from "./read-stage.ts";
import { runsInBucket } from "./runs-in-bucket.ts";
import { recordedIn } from "./snapshot.ts";

/** What the stages of a store in a bucket have in common. */
export interface Ground {
  readonly bucket: Bucket;
  /** What its keys begin with: empty, or ending in `/`. */
  readonly prefix: string;
  readonly clock: LockClock;
  readonly termMs: number;
  readonly keys: Keys;
  /** Whether the bucket has been seen to heed conditions. */
  isProven: boolean;
  /** Writes of stages that nobody holds, one after the other, by folder. */
  readonly alone: Map<string, Promise<unknown>>;
}

/** A stage in a bucket, and what it is called. */
interface Site extends StagePlace, LockSite {
  readonly ground: Ground;
}

/** Opens a stage: its snapshot is read, which is all where nothing has changed until its entries are asked for. */
export async function openStage(ground: Ground, app: string, stage: string): Promise<StageState> {
  const site = siteOf(ground, app, stage);
  const known = await readSnapshot(site);
  if (!known) await refuseOtherCase(ground, app, stage);
  return stageAt(site, known);
}

/** The folder of a stage. */
export const folderOf = (prefix: string, app: string, stage: string): string =>
  `${prefix}${fileNameOf(app)}/${fileNameOf(stage)}/`;

function siteOf(ground: Ground, app: string, stage: string): Site {
  for (const name of [app, stage]) {
    const fault = checkId(name);
    if (fault) throw fault;
  }
  const { bucket, prefix, clock, termMs } = ground;
  const folder = folderOf(prefix, app, stage);
  const title = `stage ${JSON.stringify(stage)} of ${JSON.stringify(app)}`;
  const unlock = `npx await-aws unlock ${JSON.stringify(app)} --stage ${JSON.stringify(stage)}`;
  return { ground, bucket, folder, key: lockKey({ bucket, folder }), title, unlock, clock, termMs };
}

/** An object may be named so, but a store must fit into folders, and those differ by more than case. */
async function refuseOtherCase({ bucket, prefix }: Ground, app: string, stage: string): Promise<void> {
  const apps = bucket.folders(prefix);
  const stages = bucket.folders(`${prefix}${fileNameOf(app)}/`);
  for (const [name, others] of [
    [app, await apps],
    [stage, await stages],
  ] as const) {
    const fault = checkId(
      name,
      others.flatMap((other) => nameOf(other) ?? []),
    );
    if (fault) throw fault;
  }
}

/** Breaks the lock of a stage, and leaves its former holder no place to write to. */
export async function unlockStage(ground: Ground, app: string, stage: string): Promise<Holder | undefined> {
  const site = siteOf(ground, app, stage);
  if (!(await site.bucket.get(site.key))) return undefined;
  const lock = await takeObjectLock(site, { isForced: true });
  await takeLedger(site, lock, undefined);
  await lock.release();
  return lock.takenOver;
}

/** The ledger of whoever has taken the lock, with all that former holders have left compacted; else that is given back. */
async function takeLedger(site: Site, lock: ObjectLock, known: ReadSnapshot | undefined): Promise<Ledger> {
  try {
    const [ledger] = await Promise.all([takeObjectLedger(site, lock, known), prove(site)]);
    await ledger.compact();
    return ledger;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** No tag of any object. */
const noTag = `"${"0".repeat(32)}"`;

/** Makes sure that a bucket refuses what a condition forbids: one that knows of none grants every run the stage. */
async function prove({ ground, bucket, key }: Site): Promise<void> {
  if (ground.isProven) return;
  const tries = [bucket.put(key, "{}", "absent"), bucket.put(key, "{}", { tag: noTag })];
  const isHeeded = (await Promise.all(tries)).every((tag) => tag === undefined);
  if (!isHeeded) {
    const { why, advice } = unconditional(bucket.nameOf(""));
    throw new ResourceError("STATE_UNWRITABLE", `${bucket.nameOf(key)} cannot be held: ${why}`, { advice });
  }
  ground.isProven = true;
}

function stageAt(site: Site, opened: ReadSnapshot | undefined): StageState {
  const { keys } = site.ground;
  let known = opened;
  let held: { readonly stage: HeldStage; readonly ledger: Ledger } | undefined;
  const look = async (): Promise<Recorded> => {
    if (held) return held.ledger.read();
    const seen = await readStage(site, known);
    known = seen.snapshot;
    return recordedOf(site, seen);
  };
  const hold = async (waiting?: Waiting): Promise<Lock> => {
    const lock = await takeObjectLock(site, waiting);
    const ledger = await takeLedger(site, lock, known);
    const mine = { ledger, stage: holdStage(ledger, () => lock.release()) };
    held = mine;
    return {
      takenOver: lock.takenOver,
      check: () => lock.check(),
      async release() {
        try {
          await mine.stage.release();
        } finally {
          if (held === mine) held = undefined;
        }
      },
    };
  };
  /** A write of a stage that nobody holds has it for as long as it takes. */
  const write = (act: (stage: HeldStage) => Promise<void>): Promise<void> =>
    held
      ? act(held.stage)
      : inTurn(site, async () => releaseAfter(await hold(), async () => held && act(held.stage)));
  const using =
    <T>(use: (entries: Recorded["entries"]) => Promise<T>) =>
    async (entries?: Recorded["entries"]): Promise<T> =>
      use(entries ?? (await look()).entries);
  return {
    entries: async () => new Map((await look()).entries),
    put: (entry: Entry) => write((stage) => stage.put(entry)),
    remove: (id) => write((stage) => stage.remove(id)),
    holder: () => lookAtObjectLock(site),
    runs: runsInBucket(site),
    lock: hold,
    key: using(keys.take),
    findKey: using(keys.find),
    makeKey: keys.make,
  };
}

async function releaseAfter(lock: Lock, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } finally {
    await lock.release();
  }
}

/** Lets writes of a stage that nobody holds have it one after the other. */
function inTurn({ ground: { alone }, folder }: Site, work: () => Promise<void>): Promise<void> {
  const before = alone.get(folder) ?? Promise.resolve();
  const turn = before.then(work);
  const end = turn.catch(() => undefined);
  alone.set(folder, end);
  return turn;
}

/** What a stage has recorded; what cannot be read stands by the name of its object. */
function recordedOf(site: Site, { lines, unreadable }: SeenStage): Recorded {
  const { entries, misplaced } = recordedIn(lines, site.bucket.nameOf(snapshotKey(site)));
  return { entries: new Map([...entries, ...unreadable]), misplaced };
}

/** What every stage of a store has recorded. */
export async function recordedAt(ground: Ground, app: string, stage: string): Promise<Recorded["entries"]> {
  const site = siteOf(ground, app, stage);
  return recordedOf(site, await readStage(site)).entries;
}
