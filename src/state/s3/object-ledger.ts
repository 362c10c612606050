import { randomUUID } from "node:crypto";
import { isResourceError } from "../../errors.ts";
import type { Gathering } from "../log/group-commit.ts";
import type { Ledger } from "../log/ledger.ts";
import type { LogRecord } from "../log/records.ts";
import type { FoundObject } from "./bucket.ts";
import type { ObjectLock } from "./lock-object.ts";
import {
  type LogObject,
  type Position,
  isAfter,
  logKeyOf,
  logText,
  nextOf,
  parseLogObject,
} from "./log-object.ts";
import { type SeenStage, type StagePlace, applyRecords, readStage, snapshotKey } from "./read-stage.ts";
import { isWrittenBy, parseSnapshot, recordedIn, snapshotText } from "./snapshot.ts";

// Who takes a stage over has its lock first, then puts a fence where the next batch of the former holder would go, and
// reads all that stands before the fence. A batch that is on its way meanwhile is there before the fence, and is read,
// or collides with it, and was never promised. Only then its own lock says which generation it writes, and a batch is
// written: so at any time there is one holder at most whose next batch has a free place.

/** Batches after which a log is compacted while the run goes on: the next run would read them one by one. */
const mostBatches = 250;

/** Records in objects, once former holders are fenced off; fails where what they have left cannot be read. */
export async function takeObjectLedger(
  place: StagePlace,
  lock: ObjectLock,
  known?: SeenStage["snapshot"],
): Promise<Ledger> {
  const seen = await readFenced(place, lock, known);
  for (const error of seen.unreadable.values()) throw error;
  return ledgerOf(place, lock, seen);
}

/** The stage as its former holders have left it, each with a fence before it. */
async function readFenced(
  place: StagePlace,
  lock: ObjectLock,
  known: SeenStage["snapshot"],
): Promise<SeenStage> {
  for (;;) {
    const seen = await readStage(place, known);
    if (seen.unreadable.size > 0) return seen;
    const fenced = await fenceOff(place, lock, seen);
    if (fenced) return { ...seen, last: fenced };
  }
}

/** Puts the fences that are missing; gives the last position, or undefined where a batch came first, to be read too. */
async function fenceOff(place: StagePlace, lock: ObjectLock, seen: SeenStage): Promise<Position | undefined> {
  let { last, isFenced } = seen;
  // Whoever has left batches did not end as it should, whatever has become of its lock.
  const open = [...lock.unfenced, ...(seen.left.length > 0 ? [last.generation] : [])];
  for (const generation of open.toSorted((a, b) => a - b)) {
    // A generation after which another was begun has its fence.
    if (generation < last.generation || (generation === last.generation && isFenced)) continue;
    last = generation === last.generation ? nextOf(last) : { generation, sequence: 1 };
    const fence = logText({ holder: lock.holder, write: randomUUID() });
    if ((await place.bucket.put(place.folder + logKeyOf(last), fence, "absent")) === undefined)
      return undefined;
    isFenced = true;
  }
  return last;
}

/** A ledger as far as its holder has come. */
interface Progress extends StagePlace {
  readonly lock: ObjectLock;
  /** All that is recorded, as JSON text by id. */
  readonly lines: Map<string, string>;
  /** The snapshot as it was read or written last. */
  snapshot: { readonly tag: string } | undefined;
  /** The last batch, or what stands before the first of this holder. */
  last: Position;
  /** The generation that this holder writes, once it does. */
  generation: number | undefined;
  /** The keys of what the next snapshot makes superfluous. */
  spent: string[];
  /** Batches that no snapshot has. */
  batches: number;
}

function ledgerOf(place: StagePlace, lock: ObjectLock, seen: SeenStage): Ledger {
  const { snapshot, last, left } = seen;
  const own: Progress = {
    ...place,
    lock,
    lines: new Map(seen.lines),
    snapshot,
    last,
    generation: undefined,
    spent: [...left, ...seen.spent],
    batches: left.length,
  };
  return {
    gathering,
    fence: () => lock.assure(),
    async append(records) {
      await lock.renew();
      await begin(own);
      await append(own, records);
      if (own.batches >= mostBatches) await compact(own);
    },
    read: async () => recordedIn(own.lines, place.bucket.nameOf(snapshotKey(place))),
    compact: () => compact(own),
  };
}

/** A thousand creates are to be some fifty batches, and a handful none the slower. */
const gathering: Gathering = { growMs: 3, atMostMs: 300, quietMs: 10 };

/** Says in the lock what is written from now on, which only who still has it can. */
async function begin(own: Progress): Promise<void> {
  if (own.generation !== undefined) return;
  const mine = Math.max(own.last.generation, ...own.lock.unfenced) + 1;
  await own.lock.confirm(mine);
  own.generation = mine;
  own.last = { generation: mine, sequence: 0 };
}

const nextKey = ({ folder, last }: Progress): string => folder + logKeyOf(nextOf(last));

async function append(own: Progress, records: readonly LogRecord[]): Promise<void> {
  const { bucket, lock } = own;
  const author = { holder: lock.holder, write: randomUUID() };
  for (;;) {
    const made = await bucket.put(nextKey(own), logText(author, records), "absent");
    if (made !== undefined) return enter(own, records);
    const there = await requireOwn(own);
    if (there) enter(own, there.records);
    if (there?.author.write === author.write) return;
  }
}

function enter(own: Progress, records: readonly LogRecord[]): void {
  own.last = nextOf(own.last);
  own.spent.push(own.folder + logKeyOf(own.last));
  own.batches += 1;
  applyRecords(own.lines, records);
}

/** What stands in the place of the next batch: one of this holder, whose answer was lost, or it has lost the stage. */
async function requireOwn(own: Progress): Promise<LogObject | undefined> {
  const { bucket, lock } = own;
  const key = nextKey(own);
  const found = await bucket.get(key);
  if (!found) return undefined;
  const there = parseLogObject(found.text, bucket.nameOf(key));
  const isOwn = !isResourceError(there) && there.author.holder === lock.holder && there.records.length > 0;
  if (isOwn) return there;
  await loseStage(lock);
  return undefined;
}

async function compact(own: Progress): Promise<void> {
  own.lock.check();
  if (own.batches === 0) return;
  own.snapshot = { tag: await replaceSnapshot(own) };
  const { spent } = own;
  [own.batches, own.spent] = [0, []];
  await own.bucket.removeAll(spent);
}

/** Writes what is recorded as the stage's snapshot, and gives its tag. */
async function replaceSnapshot(own: Progress): Promise<string> {
  const { bucket, lock, last, lines } = own;
  const writer = randomUUID();
  const text = snapshotText({ through: last, lines }, writer);
  for (let before = own.snapshot; ;) {
    const tag = await bucket.put(snapshotKey(own), text, before ?? "absent");
    if (tag !== undefined) return tag;
    const there = await bucket.get(snapshotKey(own));
    if (there && isWrittenBy(there.text, writer)) return there.tag;
    // A former holder that woke may have compacted what it had written.
    if (there && isOvertaken(there, last)) await loseStage(lock);
    before = there;
  }
}

/** Fails with `LOCKED`, and says who has the stage where its lock does. */
async function loseStage(lock: ObjectLock): Promise<void> {
  await lock.assure();
  lock.lose();
  lock.check();
}

/** Tells whether a snapshot has more than its holder knows of; one that cannot be read fails. */
function isOvertaken({ text }: FoundObject, last: Position): boolean {
  const there = parseSnapshot(text, "the snapshot");
  if (isResourceError(there)) throw there;
  return isAfter(there.through, last);
}
