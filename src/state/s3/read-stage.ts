import { ResourceError, isResourceError } from "../../errors.ts";
import { jsonText } from "../../unruly.ts";
import { type LogRecord, idOf } from "../log/records.ts";
import type { Bucket, FoundObject, ListedObject } from "./bucket.ts";
import {
  type LogObject,
  type Position,
  fenceSize,
  isAfter,
  logKeyOf,
  nextOf,
  parseLogObject,
  positionIn,
} from "./log-object.ts";
import { type Snapshot, emptySnapshot, parseSnapshot } from "./snapshot.ts";

/** A stage's objects: those of a bucket whose keys begin with its folder, which ends in `/`. */
export interface StagePlace {
  readonly bucket: Bucket;
  readonly folder: string;
}

export const snapshotKey = ({ folder }: StagePlace): string => `${folder}snapshot.json`;
export const lockKey = ({ folder }: StagePlace): string => `${folder}lock.json`;

/** A snapshot as it was read, for whoever finds the same tag again. */
export interface ReadSnapshot {
  readonly tag: string;
  readonly snapshot: Snapshot | ResourceError;
}

/** A stage as it was found. */
export interface SeenStage {
  /** What is recorded, as JSON text by id. */
  readonly lines: ReadonlyMap<string, string>;
  /** What cannot be read, by the name of its object. */
  readonly unreadable: ReadonlyMap<string, ResourceError>;
  readonly snapshot: ReadSnapshot | undefined;
  /** The last log object, or the last that was compacted. */
  readonly last: Position;
  /** Whether that one is a fence. */
  readonly isFenced: boolean;
  /** The keys of the batches that are not compacted. */
  readonly left: readonly string[];
  /** The keys of those that say nothing any more. */
  readonly spent: readonly string[];
}

/** How often a stage is read anew that was compacted while it was read. */
const mostReads = 10;

/** Reads all that is recorded of a stage: its logs are listed first, and the snapshot says which of them it has. */
export async function readStage(place: StagePlace, known?: ReadSnapshot): Promise<SeenStage> {
  let missing = "";
  for (let reads = 0; reads < mostReads; reads++) {
    const listed = await place.bucket.list(place.folder);
    const seen = await readListed(place, listed, known);
    if (typeof seen !== "string") return seen;
    missing = seen;
  }
  const error = new ResourceError("STATE_UNREADABLE", `${place.bucket.nameOf(missing)} is missing`, {
    advice: "What a run has recorded in it is lost: restore it from the versions that the bucket keeps.",
  });
  return { ...nothing, unreadable: new Map([[missing.slice(place.folder.length), error]]) };
}

const nothing: SeenStage = {
  lines: new Map(),
  unreadable: new Map(),
  snapshot: undefined,
  last: emptySnapshot.through,
  isFenced: false,
  left: [],
  spent: [],
};

/** The stage as it was listed, or the key of an object that is not there any more, or never was. */
async function readListed(
  place: StagePlace,
  listed: readonly ListedObject[],
  known: ReadSnapshot | undefined,
): Promise<SeenStage | string> {
  const key = snapshotKey(place);
  const tag = listed.find((one) => one.key === key)?.tag;
  if (tag === undefined) return readLogs(place, listed, { read: undefined, snapshot: emptySnapshot });
  const read = tag === known?.tag ? known : await readSnapshot(place);
  if (!read) return key;
  const { snapshot } = read;
  if (!isResourceError(snapshot)) return readLogs(place, listed, { read, snapshot });
  return { ...nothing, snapshot: read, unreadable: new Map([[key.slice(place.folder.length), snapshot]]) };
}

interface Base {
  readonly read: ReadSnapshot | undefined;
  readonly snapshot: Snapshot;
}

async function readLogs(
  { bucket, folder }: StagePlace,
  listed: readonly ListedObject[],
  { read, snapshot }: Base,
): Promise<SeenStage | string> {
  const logs = listed.flatMap((one) => {
    const position = positionIn(one.key.slice(folder.length));
    return position ? [{ ...one, position }] : [];
  });
  const fresh = logs.filter(({ position }) => isAfter(position, snapshot.through));
  const gap = gapIn(fresh, snapshot.through);
  if (gap) return folder + logKeyOf(gap);
  const objects = new Map<string, LogObject | ResourceError>();
  const found = await Promise.all(fresh.map(async ({ key }) => ({ key, object: await bucket.get(key) })));
  for (const { key, object } of found) {
    if (!object) return key;
    objects.set(key.slice(folder.length), parseLogObject(object.text, bucket.nameOf(key)));
  }
  const last = fresh.at(-1)?.position ?? snapshot.through;
  return {
    ...replay(snapshot, objects),
    snapshot: read,
    last,
    isFenced: logs.some(({ key, size }) => key === folder + logKeyOf(last) && size <= fenceSize),
    left: fresh.filter(({ size }) => size > fenceSize).map(({ key }) => key),
    spent: spentOf(listed, logs, snapshot.through),
  };
}

/** Reads the snapshot of a stage; undefined where there is none. */
export async function readSnapshot(place: StagePlace): Promise<ReadSnapshot | undefined> {
  const key = snapshotKey(place);
  const found: FoundObject | undefined = await place.bucket.get(key);
  return found && { tag: found.tag, snapshot: parseSnapshot(found.text, place.bucket.nameOf(key)) };
}

/** The first that is missing: who writes makes one after the other, and who compacts removes all that came before. */
function gapIn(logs: readonly ListedLog[], through: Position): Position | undefined {
  let last = through;
  for (const { position } of logs) {
    const isOfSame = position.generation === last.generation;
    const expected = isOfSame ? nextOf(last) : { generation: position.generation, sequence: 1 };
    if (position.sequence !== expected.sequence) return expected;
    last = position;
  }
  return undefined;
}

function replay(
  snapshot: Snapshot,
  objects: ReadonlyMap<string, LogObject | ResourceError>,
): Pick<SeenStage, "lines" | "unreadable"> {
  const lines = new Map(snapshot.lines);
  const unreadable = new Map<string, ResourceError>();
  for (const [key, object] of objects) {
    if (isResourceError(object)) unreadable.set(key, object);
    else applyRecords(lines, object.records);
  }
  return { lines, unreadable };
}

/** Brings lines up to date with a batch. */
export function applyRecords(lines: Map<string, string>, records: readonly LogRecord[]): void {
  for (const record of records) {
    if ("put" in record) lines.set(idOf(record), jsonText(record.put));
    else lines.delete(idOf(record));
  }
}

/** For how long a fence stands in the way of a holder that may wake, in ms: longer than any credentials last. */
const fenceMs = 7 * 86_400_000;

type ListedLog = ListedObject & { readonly position: Position };

/** Batches that were compacted, and fences that have stood long enough by the clock of the bucket. */
function spentOf(
  all: readonly ListedObject[],
  logs: readonly ListedLog[],
  through: Position,
): readonly string[] {
  const now = Math.max(0, ...all.map(({ writtenAt }) => writtenAt));
  return logs
    .filter(({ position }) => !isAfter(position, through))
    .filter(({ size, writtenAt }) => size > fenceSize || now - writtenAt > fenceMs)
    .map(({ key }) => key);
}
