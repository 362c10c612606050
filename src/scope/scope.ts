import type { CloudControl } from "../cloudcontrol/cloud-control.ts";
import type { Attempt } from "../cloudcontrol/perform.ts";
import type { EndedOperation } from "../cloudcontrol/protocol.ts";
import type { Entry, Home } from "../entry.ts";
import type { ResourceError } from "../errors.ts";
import type { AllowDelete, Change, Listener, Phase } from "../events.ts";
import type { Check } from "./check.ts";
import type { Lister } from "../lookup/lister.ts";
import type { Registry } from "../registry/registry.ts";
import type { StageName, StateStore } from "../state/store.ts";
import type { Journal } from "./journal.ts";
import type { Turns } from "./turns.ts";

/** Cloud Control and its company, as one call sees them. */
export interface Cloud {
  readonly home: Home;
  readonly control: CloudControl;
  /** Carries a write to its end. */
  perform(attempt: Attempt): Promise<EndedOperation>;
  /** The services' own lists; undefined where only ListResources may be asked. */
  readonly lister: Lister | undefined;
  /** Asks whose account it is before the first write; one that is not allowed is `WRONG_ACCOUNT`. Then `home` names it. */
  admit(): Promise<void>;
  /** The same for who sends no write, as a plan: asks only where the run says which accounts are allowed. */
  requireAllowed(): Promise<void>;
  /** Asks STS whose account it is; nothing is written for it. */
  account(): Promise<string>;
  /** Whose turn it is: many calls may be ready at once, of which only so many have requests to send. */
  readonly turns: Turns;
  /** The facts of a type as this account and region know it; those of this version where AWS does not tell. */
  readonly facts: Registry["facts"];
}

/** Where and as whom a call is made, where it differs from the run. */
export interface CallPlace {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** How much is recorded to hang on a resource, as lengths of the longest chains of resources that use one another. */
export interface Rank {
  /** Of those that stand upon it: they wait for its being made. */
  readonly above: number;
  /** Of those that it stands upon: they wait for its being deleted. */
  readonly below: number;
}

/** The recorded resources of a stage, while it is held. */
export interface Records {
  /** 32 bytes, for sealing and digests; throws `STATE_KEY` where the one that they were made with is not there. */
  readonly key: Uint8Array;
  /** Whether a later run will find the same key. */
  readonly isKeyKept: boolean;
  /** Throws `LOCKED` once another run may have taken the stage: asked right before a write is sent. */
  requireHeld(): void;
  get(id: string): Entry | ResourceError | undefined;
  all(): ReadonlyMap<string, Entry | ResourceError>;
  /** A recorded id that is the same but for its case. */
  idLike(id: string): string | undefined;
  /** The ids under which a resource of this identifier is recorded, or still waits to be deleted. */
  idsOf(identifier: string): Iterable<string>;
  /** As it was recorded when this was first asked; nothing hangs on what was not. */
  rankOf(id: string): Rank;
  /** The entries of a type whose create is not known to have ended. */
  beingMade(type: string): Iterable<Entry>;
  put(entry: Entry): Promise<void>;
  /** Puts an entry as it was before an intent of which nothing was sent: no run has changed it. */
  putBack(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** What another app or stage of the same store has recorded. */
export interface Elsewhere {
  readonly app: string;
  readonly stage: string;
  /** Those that can be read. */
  readonly entries: readonly Entry[];
}

/** A plan that a run is held to. */
export interface PlannedRun {
  readonly app: string;
  readonly stage: string;
  readonly changes: readonly Change[];
}

/** What is wished of every resource of a run. */
export interface ResourceRunOptions {
  readonly adopt?: boolean | undefined;
  readonly allowReplace?: boolean | undefined;
  readonly allowDelete?: AllowDelete | undefined;
  readonly refresh?: boolean | "missing" | undefined;
  /** ms after which an operation still under way is warned of. */
  readonly warnAfter?: number | undefined;
  /** Whether a stopped run asks AWS to cancel what is under way. */
  readonly cancelOnAbort?: boolean | undefined;
  /** ms for which a stopped run still follows what is under way. */
  readonly grace?: number | undefined;
  /** Whether a destroy leaves what is protected, and what that needs, and deletes the rest. */
  readonly keepProtected?: boolean | undefined;
  /** Also tells what live has at places that the script does not state. */
  readonly unmanaged?: boolean | undefined;
  /** Tags for every resource that has tags, by key. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** What is asked of every change before anything of it is sent. */
  readonly checks?: readonly Check[] | undefined;
  /** The only ids to work on. */
  readonly targets?: readonly string[] | undefined;
  /** The ids to replace now. */
  readonly replace?: readonly string[] | undefined;
  /** The ids to forget rather than delete. */
  readonly retain?: readonly string[] | undefined;
  /** What alone may be done, as a plan of this app and stage has told it. */
  readonly planned?: PlannedRun | undefined;
}

/** What a program asks of the run that it joins. */
export interface JoinOptions {
  readonly place: CallPlace & {
    /** One endpoint for every AWS API. */
    readonly endpoint?: string | undefined;
  };
  readonly runOptions: ResourceRunOptions;
  /** The only accounts that may be written to. */
  readonly allowedAccounts: readonly string[] | undefined;
  /** What only a run of its own could heed, by the name of the option. */
  readonly apart: Readonly<Record<string, unknown>>;
}

/**
 * What a call finds at hand: what its run was told, made once and read by everybody, its journal, and ways to its stage
 * and its clouds. It knows no verb: what is done with it stands in resource and app.
 */
export interface Scope {
  /** Two copies of this package share a run only while they agree on this number. */
  readonly version: 8;
  readonly app: string;
  readonly stage: string;
  /** The working folder when the run began: what lies below it is named by its path from here. */
  readonly folder: string;
  /** What its run is for. */
  readonly phase: Phase;
  /** When the run began, epoch ms. */
  readonly begunAt: number;
  /** Whether reads are real and writes are not: nothing is sent, recorded or locked. */
  readonly withholds: boolean;
  /**
   * Lets a program join this run. It may tell what nobody has told before its first resource; another stage than the
   * run's is refused. A guard holds for every write from now on; what is set aside is told in one notice.
   */
  join(app: string, asked: JoinOptions): void;
  /** Never changed; where a program that joins adds to it, another one takes its place. */
  readonly runOptions: ResourceRunOptions;
  readonly journal: Journal;
  /** Whether this run ends by deleting what is superseded; a plain script does not. */
  readonly finalizes: boolean;
  readonly listener: Listener;
  readonly signal: AbortSignal | undefined;
  /** Epoch ms. */
  now(): number;
  /** Waits so many ms. */
  pause(ms: number): Promise<void>;
  /** A new token for one request: 36 characters of `[-0-9a-f]`. */
  newToken(): string;
  /** Whether failures end up in a report, so that a call nobody awaits may fail quietly. */
  readonly reports: boolean;
  /** Runs work while the stage is locked. Calls may overlap; the lock is given back after the last. */
  hold<T>(work: (records: Records) => Promise<T>): Promise<T>;
  /** Gives the stage back now, unless calls are under way; `error` is what ended the run, where something did. */
  release(error?: unknown): Promise<void>;
  /** From now on these ids may not be declared, for they are about to be deleted; unless told, none may be. */
  conclude(ids?: readonly string[]): void;
  /** Refuses an id that comes later than that. */
  requireOpen(id: string): void;
  /** Where entries are kept. */
  readonly store: StateStore;
  /** What a stage of a store has recorded as it is now, without its lock; those who ask at once share one look. */
  recordedIn(of: StageName, store: StateStore): Promise<ReadonlyMap<string, Entry | ResourceError>>;
  /** What the other apps and stages of the store have recorded, as it was when this run first asked. */
  elsewhere(): Promise<readonly Elsewhere[]>;
  cloud(place: CallPlace): Promise<Cloud>;
}
