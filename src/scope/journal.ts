import type { ResourceError } from "../errors.ts";
import type { BegunStep, Change } from "../events.ts";
import type { Props } from "../json.ts";

/** A resource that this run has brought to its desired state; its outputs may name it in later calls. */
export interface ResolvedResource {
  /** How many were resolved before it. */
  readonly nth: number;
  /** How many were when work on it began: what had come to its end by then is in it. */
  readonly begunAfter?: number;
  /** Read-only and identifier values of at least 6 characters; looked for when somebody asks. */
  readonly names: () => readonly string[];
}

/** What a program has asked for that is known only after apply: beyond it nobody knows what it declares. */
export interface UnknownLook {
  readonly error: ResourceError;
  /** Of a look that threw nothing: how many calls had been made before it. */
  readonly callsBefore?: number;
}

/** What a plan says that a resource will be. */
export interface PlannedResource {
  readonly type: string;
  /** Its outputs for a program whose looks into what is known only after apply are noted there. */
  readonly outputsFor: (notes: Pick<Journal, "unknowns" | "seen">) => Props;
}

/** The names that what stood in a list bears, and when it was asked for; undefined where nobody could tell. */
export interface Listing {
  /** Epoch ms. */
  readonly askedAt: number;
  readonly names: Promise<ReadonlySet<string> | undefined>;
}

/** How far the work on one resource has come. */
export interface Course {
  readonly uses: readonly string[];
  /** Each until the next one begins; `at` is epoch ms. */
  readonly steps: (BegunStep & { readonly at: number })[];
}

/**
 * What a run has come to so far. Everybody reads it; each part is written by one room alone: `calls` by app, all others
 * by resource (`test/architecture/journal.test.ts`).
 */
export interface Journal {
  /** Type by id of every resource declared so far. */
  readonly seen: Map<string, string>;
  /** Of ids that are the same but for their case, the one declared first. */
  readonly spelled: Map<string, string>;
  /** What they ask, by id, as far as their calls could be read. Holds secrets: to be compared with, never shown. */
  readonly declared: Map<string, Props>;
  /** Of a plan: what will be another than is recorded, by id, for the plan of another app that asks for it. */
  readonly planned: Map<string, PlannedResource>;
  readonly resolved: Map<string, ResolvedResource>;
  /** The ids of those by a word of each of their names, the rarest of it: whoever has the name has the word. */
  readonly words: Map<string, Set<string>>;
  /** The ids of those whose names no call has been searched for yet, so that they are in no word. */
  readonly unworded: Set<string>;
  /** The texts of secrets that calls have named: nothing that holds one is shown or recorded. */
  readonly confidential: Set<string>;
  /** Those of them that what is recorded has been looked through for. */
  readonly redacted: Set<string>;
  /** The types that the program has asked about without declaring anything of them. */
  readonly reads: Set<string>;
  /** The values of AWS's making that outputs of the run have shown, each with its type and place. */
  readonly given: Set<string>;
  /** Names those of outputs that have not been looked through for them: few scripts pass on what AWS sets. */
  readonly unread: (() => readonly string[])[];
  /** The models that were read to see what a resource stands upon, by name. */
  readonly premises: Map<string, Promise<Props | undefined>>;
  /** The lists that were asked for to see which names are taken, by type, place and parents. */
  readonly standing: Map<string, Listing>;
  readonly changes: Change[];
  /** By id what is under way, and not yet in `changes`. */
  readonly courses: Map<string, Course>;
  /** The failures of calls that stand in `changes`, as thrown. */
  readonly reported: WeakSet<Error>;
  readonly unknowns: UnknownLook[];
  /** How many requests were sent so far, by API. */
  readonly calls: Record<string, number>;
  /** Calls under way; each settles without ever rejecting. */
  readonly pending: Set<Promise<void>>;
}

/** Begins the journal of a run. */
export const beginJournal = (): Journal => ({
  seen: new Map(),
  spelled: new Map(),
  declared: new Map(),
  planned: new Map(),
  resolved: new Map(),
  words: new Map(),
  unworded: new Set(),
  confidential: new Set(),
  redacted: new Set(),
  reads: new Set(),
  given: new Set(),
  unread: [],
  premises: new Map(),
  standing: new Map(),
  changes: [],
  courses: new Map(),
  reported: new WeakSet(),
  unknowns: [],
  calls: {},
  pending: new Set(),
});
