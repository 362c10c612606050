import type { Entry } from "../entry.ts";
import type { ResourceError } from "../errors.ts";
import type { Holder } from "../author.ts";
import type { Json } from "../json.ts";

/** Where entries are kept. Opening is free: nothing is made before the first write. */
export interface StateStore {
  /** Opens one stage of one app; a name that no disk can hold apart from another is `VALIDATION`. */
  open(app: string, stage: string): Promise<StageState>;
  /** Breaks the lock of a stage and tells who held it; whoever did can write no more. */
  unlock(app: string, stage: string): Promise<Holder | undefined>;
  /** Every stage of which something is recorded, by app and stage. */
  stages(): Promise<readonly StageName[]>;
  /** Every stage that a run has left a record of, also where nothing is recorded any more. */
  stagesWithRuns?(): Promise<readonly StageName[]>;
  /** The key that the store keeps itself; undefined where it is given from outside, or the store cannot say. */
  readonly ownKey?: OwnKey | undefined;
  /** Where it lies, e.g. its folder: two stores of one place are one. Absent where only the store itself knows. */
  readonly place?: string | undefined;
  /** Where runs keep what they learn of AWS; a store without it begins anew with each run. */
  readonly learned?: LearnedStore;
}

/**
 * What runs learn of AWS, all stages together: how fast it may be asked, how long operations take. One JSON value, some
 * kilobytes at most, which may be lost or overwritten by another run without harm: whatever fails here fails no run.
 */
export interface LearnedStore {
  /** What was written last; undefined where nothing was, or it cannot be read. */
  read(): Promise<Json | undefined>;
  /** Replaces it, once a run has learned something worth keeping. */
  write(value: Json): Promise<void>;
}

/**
 * What runs leave of themselves in a stage: one JSON text each, by name, readable without the lock. What fails here
 * fails no run.
 */
export interface RunTexts {
  /** The names of all, in the order of their characters: names of `[\w.-]` begin with an instant. */
  names(): Promise<readonly string[]>;
  /** Undefined where there is none of that name. */
  read(name: string): Promise<string | undefined>;
  /** Writes or replaces one, whole or not at all. */
  write(name: string, text: string): Promise<void>;
  /** Removes one; absent is success. */
  remove(name: string): Promise<void>;
}

/** A key that a store keeps, for whoever moves what it has digested and sealed. */
export interface OwnKey {
  /** 32 bytes; undefined where there is none. */
  find(): Promise<Uint8Array | undefined>;
  /** Keeps this one where there is none, and tells the one that counts. */
  keep(key: Uint8Array): Promise<Uint8Array>;
}

/** A stage of an app. */
export interface StageName {
  readonly app: string;
  readonly stage: string;
}

/** The entries of one stage. */
export interface StageState {
  /** Every recorded resource by id, read at once; what cannot be trusted stands as its `STATE_UNREADABLE` error. */
  entries(): Promise<ReadonlyMap<string, Entry | ResourceError>>;
  /**
   * Records an entry, whole or not at all. Fails with `STATE_UNWRITABLE` when the disk refuses, `STATE_UNREADABLE`
   * rather than overwrite what cannot be read, `LOCKED` when the lock of this holder was taken over or broken.
   */
  put(entry: Entry): Promise<void>;
  /** Forgets an entry under the same guards as `put`; one that is absent is forgotten already. */
  remove(id: string): Promise<void>;
  /**
   * Takes the stage for this run, or fails with `LOCKED` naming the holder as soon as that one shows life. A holder that
   * shows none is watched for its term, usually 30 s, and then taken over; at once where it is known to be gone.
   */
  lock(waiting?: Waiting): Promise<Lock>;
  /** Who holds the stage, looked at for a few beats of its heart; undefined where nobody does. */
  holder?(): Promise<SeenHolder | undefined>;
  /**
   * The store's key for sealing and digests: 32 bytes, made at first use. One that does not fit what is recorded, or is
   * missing beside it, is `STATE_KEY`: none is ever made beside what another one has digested. `entries` are those of
   * this stage, where they have been read already.
   */
  key(entries?: RecordedEntries): Promise<Uint8Array>;
  /** The same where there is one, and undefined where none is needed yet: makes nothing. Without it `key` is asked. */
  findKey?(entries?: RecordedEntries): Promise<Uint8Array | undefined>;
  /** The key whatever is recorded, made where there is none: for who digests anew what a lost one has digested. */
  makeKey?(): Promise<Uint8Array>;
  /** The records of the runs that wrote here; a store without it keeps no history. */
  readonly runs?: RunTexts | undefined;
  /** Entries that lie where those of others belong, by the id that they say, each as why it is refused. */
  misplaced?(): Promise<ReadonlyMap<string, ResourceError>>;
}

/** What a stage has recorded, by id. */
type RecordedEntries = ReadonlyMap<string, Entry | ResourceError>;

/** One whose lock was taken over. */
export interface FormerHolder extends Holder {
  /** ms for which its heartbeat was seen to stand still; absent where its process was known to be gone. */
  readonly stillMs?: number | undefined;
}

/** One as it was found. */
export interface SeenHolder extends Holder {
  /** Whether its heartbeat moved, stood still while it was looked at, or its process is known to be gone. */
  readonly life: "alive" | "silent" | "gone";
  /** ms for which its heartbeat was seen to stand still. */
  readonly stillMs: number;
  /** ms for which it must, before the next run takes its lock over. */
  readonly termMs: number;
}

/** How a stage that another may hold is waited for. */
export interface Waiting {
  /** Ends the wait with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Told once, after 3 s, for whom it waits and for how many ms at most: until then it shows no life. */
  readonly onWait?: ((holder: Holder, leftMs: number) => void) | undefined;
}

/** A stage held by this run. */
export interface Lock {
  /** The dead or silent holder whose lock this one replaces. */
  readonly takenOver: FormerHolder | undefined;
  /** Throws `LOCKED` once the stage is another's, or its holder has been silent for its term: nothing is sent then. */
  check?(): void;
  /** Gives the stage back; a lock that is already lost is left to its new holder. */
  release(): Promise<void>;
}
