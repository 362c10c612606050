import type { Author, Holder } from "./author.ts";
import type { Code, Kind } from "./errors.ts";
import type { Json, Pointer, Props } from "./json.ts";

/** One RFC 6902 operation as sent to Cloud Control. */
export type PatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: Pointer; readonly value: Json }
  | { readonly op: "remove"; readonly path: Pointer }
  | { readonly op: "move" | "copy"; readonly from: Pointer; readonly path: Pointer };

/** One operation of a patch as it is told: with what was there before, as far as a read shows it. Masked where secret. */
export type ShownOperation =
  | {
      readonly op: "add" | "replace" | "test";
      readonly path: Pointer;
      readonly value: Json;
      readonly from?: Json;
      /** Of a value that no read shows: another than before, or the one of before, which a patch without it would drop. */
      readonly unshown?: "sent" | "sent again";
    }
  | { readonly op: "remove"; readonly path: Pointer; readonly from?: Json }
  | { readonly op: "move" | "copy"; readonly from: Pointer; readonly path: Pointer };

/** What became, or would become, of one resource. */
export type Move = "nothing" | "create" | "adopt" | "update" | "replace" | "delete" | "forget";

/** What a resource can be at. `sent` is until AWS has taken the request on, `under way` until it says that it has ended. */
export type StepName = "waiting" | "queued" | "reading" | "sent" | "under way" | "pause" | "read back";

/** What a resource is at, and why. */
export interface BegunStep {
  readonly step: StepName;
  /** Whose turn or which pace it waits for; of a pause, the failure before it. */
  readonly why?: string;
  /** Of a pause: the code of that failure, e.g. `THROTTLED`. */
  readonly code?: Code;
  /** Of `waiting`: the ids that have to end before. */
  readonly waitsFor?: readonly string[];
}

/** What a resource was at, and for how long: ms since the run began. */
export interface Step extends BegunStep {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why a resource is replaced: the create-only path, what is there and what is asked. */
export interface Because {
  readonly path: Pointer;
  readonly from?: Json;
  readonly to?: Json;
}

/** How a change failed, safe to serialise. */
export interface Failure {
  readonly code: Code | "UNKNOWN";
  readonly kind: Kind | "unknown";
  readonly message: string;
  readonly advice: string;
}

/** One line of a report. Secrets in `patch` are masked. */
export interface Change {
  readonly id: string;
  readonly type: string;
  readonly move: Move;
  readonly identifier?: string;
  readonly patch?: readonly ShownOperation[];
  readonly because?: readonly Because[];
  /** Of a planned update that AWS may refuse at the places in `because`: what then follows. */
  readonly ifRefused?: "replace";
  /** Of a replacement: which of the two is done first. */
  readonly order?: "create-first" | "delete-first";
  /** Of a deletion: what the resource holds is lost with it. */
  readonly holdsData?: true;
  /** Of a planned create: what would be asked for. Secrets and write-only values are masked. */
  readonly desired?: Props;
  /** Of a planned change: digests of the values that are masked, by pointer, so that a deploy of it can compare them. */
  readonly hidden?: Readonly<Record<Pointer, string>>;
  /** Of a planned change: the pointers whose values are known only after apply. */
  readonly unknown?: readonly Pointer[];
  /** The keys of the run's tags, rather than the script's, that it sets or takes away; of a drift run, that drifted. */
  readonly runTags?: readonly string[];
  /** Where live differs from the last reading at places that the script does not state; told where asked. */
  readonly unmanaged?: readonly Pointer[];
  /** Of a run with targets: this one is none, and was left as it is recorded. */
  readonly skipped?: true;
  /** Of a drift run: how live compares with what is recorded. */
  readonly drift?: "same" | "drifted" | "missing" | "not comparable";
  /** Where it has drifted. */
  readonly paths?: readonly Pointer[];
  /** What was asked for at these places, and what is there. Secrets are masked. */
  readonly differences?: readonly Because[];
  /** Why it could not be compared, or what is no drift: what AWS itself has moved. */
  readonly why?: string;
  /** What its user should know although it went well: an earlier failure, or what the service did not heed. */
  readonly warnings?: readonly string[];
  readonly error?: Failure;
  /** Of a plan, and of a failure: where in the script the call stands, e.g. `deploy.ts:12:7`. */
  readonly site?: string;
  /** The ids of the resources that it uses; those that use it are deleted before it. */
  readonly uses?: readonly string[];
  /** When work on it began, in ms since the run began: it was declared, or all that used it was gone. */
  readonly startedMs?: number;
  /** What it was at meanwhile, one after the other; nothing of what stands as it is. */
  readonly steps?: readonly Step[];
  readonly durationMs: number;
}

/** A resource of the chain that decided how long a run took: each could begin only after the one before it had ended. */
export interface CriticalResource extends Pick<Change, "id" | "type" | "move"> {
  /** ms since the run began. */
  readonly fromMs: number;
  readonly toMs: number;
  /**
   * Why it began no earlier than the one before it ended: it uses that one, is used by it (of a deletion), or the script
   * waited for it without using it. Absent of the first.
   */
  readonly after?: "uses" | "used by" | "order";
  /** ms between that and its beginning, in which the script was at something else. */
  readonly idleMs: number;
  /** What it was at for longest. */
  readonly longest?: Step;
}

/** Whether orphans that hold data may be deleted; a function is asked once, with the deletions that would lose some. */
export type AllowDelete = boolean | ((losses: readonly Change[]) => boolean | Promise<boolean>);

/** What a run is for; see reconcile(). */
export type Phase = "deploy" | "plan" | "destroy" | "drift";

/** An id that vanished and one that appeared with the same type and identity: one resource, renamed. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

/** How a run ended. JSON-safe; secrets are masked. */
export interface Report {
  /** Grows when a field changes its meaning or one comes that is always there, never for one that may be. */
  readonly version: 2;
  readonly app: string;
  readonly stage: string;
  readonly phase: Phase;
  /** The instant at which the run began, ISO 8601 in UTC: `startedMs` and the like count from here. */
  readonly startedAt: string;
  /** Whether every change succeeded, and the run came to its end. */
  readonly ok: boolean;
  readonly changes: readonly Change[];
  /** The types that the program asked about by get, find or list. */
  readonly reads?: readonly string[];
  /** Of a plan whose program looked into something that is known only after apply: what, and that nothing beyond is planned. */
  readonly stopped?: Failure;
  /** Of a run that did not come to its end, as the command line tells it: what ended it. `ok` is then false. */
  readonly error?: Failure;
  /** Of a plan: deletions and creations that look like one resource with a new id. */
  readonly renames?: readonly Rename[];
  /** How many requests were sent, by API, e.g. `{ GetResource: 2 }`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly durationMs: number;
  /** Of a deploy or destroy: the chain that decided how long it took, first to last. */
  readonly criticalPath?: readonly CriticalResource[];
  /** Of a script that has named several apps: what came of the others. */
  readonly others?: readonly Report[];
}

/** Who made a run, and as whom at AWS. */
export interface RunAuthor extends Author {
  readonly pid: number;
  /** Twelve digits, where the run knew whose account it wrote to. */
  readonly account?: string | undefined;
  /** The ARN of the caller, where the run has asked STS. */
  readonly arn?: string | undefined;
  /** Whether the commit was all that was checked out; absent where git could not say, or not soon enough. */
  readonly isClean?: boolean | undefined;
}

/** How a run ended; `open` as long as it has not. */
export type RunEnd = "open" | "done" | "failed" | "stopped" | "did not end";

/** What is kept of a run that wrote. JSON-safe; secrets are masked. */
export interface RunRecord {
  /** Grows when a field changes its meaning, never when one is added. */
  readonly version: 1;
  /** Its name: the instant at which it began and four hex digits, e.g. `20261128T063012.345-1a2b`. */
  readonly run: string;
  readonly app: string;
  readonly stage: string;
  readonly phase: Phase;
  /** ISO 8601 instants, by its own time of day. */
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  /** Of one that is open: when it was opened, or opened again by a script that had given its stage back meanwhile. */
  readonly openedAt?: string | undefined;
  readonly by: RunAuthor;
  readonly end: RunEnd;
  /** What ended it, where that was no failure of a resource. */
  readonly error?: Failure | undefined;
  /** What became of each resource that did not stay as it was. */
  readonly changes: readonly Change[];
  /** How many stayed as they were. */
  readonly unchanged: number;
  /** How many requests were sent, by API. */
  readonly calls: Readonly<Record<string, number>>;
}

interface About {
  readonly id: string;
  readonly type: string;
}

/** Everything the library can say while it works. `name` is stable; payloads only grow. */
export type Event =
  | (About & {
      readonly name: "started";
      readonly move: Move;
      readonly patch?: readonly ShownOperation[];
      readonly uses?: readonly string[];
    })
  /** It is at something else from now on; a pause is told of as `retry`. */
  | (About & BegunStep & { readonly name: "step" })
  | (About & { readonly name: "progress"; readonly elapsedMs: number; readonly message?: string })
  | (About & {
      readonly name: "retry";
      readonly reason: string;
      /** Of the failure, e.g. `THROTTLED`. */
      readonly code?: Code;
      readonly attempt: number;
      readonly waitMs: number;
    })
  | (About & { readonly name: "warning"; readonly message: string })
  | (About & { readonly name: "done"; readonly change: Change })
  /** What a run that withholds its writes would have done. */
  | (About & { readonly name: "planned"; readonly change: Change })
  | (About & { readonly name: "failed"; readonly change: Change })
  | { readonly name: "call"; readonly api: string }
  | {
      readonly name: "notice";
      readonly message: string;
      /** Of a run that waits for its stage: for whom. */
      readonly holder?: Holder;
    }
  | Trace;

/** What is told only where `AWAIT_AWS_DEBUG` asks for it: every request, every decision, every write of state. */
export type Trace =
  /** `wire`: a request that was answered, refused or given up. */
  | {
      readonly name: "request";
      readonly api: string;
      readonly type?: string;
      readonly identifier?: string;
      /** Makes the same write the same operation. */
      readonly clientToken?: string;
      /** Names the operation at AWS. */
      readonly requestToken?: string;
      /** 1 for the first try. */
      readonly attempt: number;
      readonly ms: number;
      /** How it failed. */
      readonly code?: Code;
    }
  /** `decide`: what is to be done about a resource, and why; of the values concerned only the places. */
  | (About & {
      readonly name: "decision";
      readonly move: Move;
      readonly why: string;
      readonly paths?: readonly Pointer[];
    })
  /** `state`: an entry has been written or removed. */
  | {
      readonly name: "record";
      readonly id: string;
      readonly done: "written" | "removed";
      readonly type?: string;
      /** As in the entry. */
      readonly status?: string;
      /** The move that stands in the entry as begun. */
      readonly intent?: string;
      /** The size of the entry as JSON. */
      readonly bytes?: number;
    };

/** Tells whether an event is one that `AWAIT_AWS_DEBUG` asks for. */
export const isTrace = (event: Event): event is Trace =>
  event.name === "request" || event.name === "decision" || event.name === "record";

/** Receives events; what it throws is its own affair and never stops the run. */
export type Listener = (event: Event) => void;
