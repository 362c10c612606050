import { ResourceError, isResourceError } from "../errors.ts";
import type { Clock } from "../wire/clock.ts";
import {
  isConcurrentOperation,
  isTokenConflict,
  isUnsent,
  isUnusableRole,
  requestTokenIn,
} from "../wire/failure.ts";
import { type Pause, callWithRetries } from "../wire/retry.ts";
import type { CloudControl } from "./cloud-control.ts";
import type { EndedOperation, Progress, Write } from "./protocol.ts";
import type { Watch } from "./wait.ts";

/** A write as its caller wants it: how to make it, and what to keep before and after it is sent. */
export interface Attempt {
  /** The type that is written to. */
  readonly type: string;
  /** What it shares with other writes that the service may refuse at the same time, e.g. `ApiId a1b2c3`. */
  readonly shares?: string | undefined;
  /** Makes the request under a fresh client token and records it. Called again only after an operation has ended. */
  prepare(): Promise<Write>;
  /** Asked right before each time that the request goes out; throws where it must not any more. */
  readonly permit?: () => void;
  /** Records the token of the operation that AWS has started. */
  accepted(requestToken: string): Promise<void>;
  /** Failures that the caller answers better than another try does. */
  readonly answers?: (error: ResourceError) => boolean;
  /** Whether the resource uses a role that the caller has only just written. */
  readonly hasFreshRole?: () => boolean;
  /** Whether AWS chooses the identifier: a conflict that names one then speaks of what this very create has made. */
  readonly isServerNamed?: boolean;
  /**
   * Whether nobody had the name that the user chose when this create began: what has it then is of its making. Undefined
   * where nothing is known of names.
   */
  readonly isFree?: () => boolean | undefined;
  readonly watch: Watch;
  /** Told what the write is at: whether it waits for the pace that its service bears, or has gone out. */
  readonly onStep?: (step: "queued" | "sent" | "under way") => void;
  readonly onPause: (pause: Pause) => void;
  /** Told why the write may come to nothing. */
  readonly onDoubt?: (message: string) => void;
}

type FailedWrite = Extract<EndedOperation, { outcome: "failed" }>;

/** A write under way: who asks whom, and what is known of the operation that it starts. */
interface Work {
  readonly control: CloudControl;
  readonly attempt: Attempt;
  /** The request that goes out until an operation has ended for it: under its client token it starts no second one. */
  write?: Write | undefined;
  /** Whether an operation of ours may be under way: a sending went unanswered, or the operation has begun. */
  inDoubt: boolean;
  /** The failure with which the last operation ended. */
  failed?: FailedWrite;
  /** Why the caller did not let it go out any more. */
  forbidden?: unknown;
}

/**
 * Carries a write to its end, and tries again where the failure says that nothing has come of it: a refused or
 * lost request goes out again as it is, a failed operation needs a new client token, so `prepare` runs again.
 * Throws only while the outcome is not known: the recorded intent then settles it in the next run.
 */
export async function perform(
  control: CloudControl,
  clock: Clock,
  attempt: Attempt,
): Promise<EndedOperation> {
  const work: Work = { control, attempt, inDoubt: false };
  try {
    return await callWithRetries(() => once(work), {
      clock,
      // Where there is no way to AWS, sending has tried for as long as that is worth.
      when: (error) => !isUnsent(error) && isWorthAnother(error, attempt),
      onPause: attempt.onPause,
    });
  } catch (error) {
    const { failed, inDoubt } = work;
    if (failed && failed.error === error) return failed;
    if (inDoubt || !isResourceError(error)) throw error;
    // Stopped while it waited for its turn.
    const isKept = error === work.forbidden && error.code === "ABORTED";
    if (!isKept && !isRefusal(error)) throw error;
    const isNothing = (isKept || isUnsent(error)) && work.failed === undefined;
    return { outcome: "failed", identifier: error.identifier, error, ...(isNothing && { isUnsent: true }) };
  }
}

/** One operation from its request to its end; a failure worth another try is thrown, so that there is one. */
async function once(work: Work): Promise<EndedOperation> {
  const { control, attempt } = work;
  const write = (work.write ??= await attempt.prepare());
  const progress = await sendInTurn(work, write);
  work.inDoubt = true;
  attempt.onStep?.("under way");
  if (progress.requestToken !== undefined) await attempt.accepted(progress.requestToken);
  const ended = readFailure(await control.follow(progress, attempt.watch), attempt);
  if (ended.outcome !== "failed" || !isWorthAnother(ended.error, attempt)) return ended;
  if (await hasMade(work, write, ended)) return ended;
  work.write = undefined;
  work.inDoubt = false;
  work.failed = ended;
  throw ended.error;
}

/** Sends a write; where another operation holds the resource, once more after that one has ended. */
async function sendInTurn(work: Work, write: Write): Promise<Progress> {
  try {
    return await sendWrite(work, write);
  } catch (error) {
    const other = isConcurrentOperation(error) ? requestTokenIn(error.what) : undefined;
    if (other === undefined) throw error;
    await work.control.follow(other, work.attempt.watch);
    return sendWrite(work, write);
  }
}

/** Sends a write, and notes when that leaves open whether AWS has taken it on. */
async function sendWrite(work: Work, write: Write): Promise<Progress> {
  const note = (error: unknown): void => {
    if (isResourceError(error) && !isRefusal(error) && error !== work.forbidden) work.inDoubt = true;
  };
  const permit = (): void => {
    try {
      work.attempt.permit?.();
    } catch (error) {
      work.forbidden = error;
      throw error;
    }
  };
  try {
    const onPause = (pause: Pause): void => {
      note(pause.error);
      work.attempt.onPause(pause);
    };
    const isAgain = work.failed !== undefined;
    return await work.control.send(write, onPause, permit, { isAgain, onStep: work.attempt.onStep });
  } catch (error) {
    note(error);
    throw error;
  }
}

/** A service that may not use a role made moments ago has only not heard of it yet. */
function readFailure(ended: EndedOperation, { hasFreshRole }: Attempt): EndedOperation {
  if (ended.outcome !== "failed" || !isUnusableRole(ended.error) || hasFreshRole?.() !== true) return ended;
  const { what, identifier, requestToken, cause } = ended.error;
  return { ...ended, error: new ResourceError("NOT_PROPAGATED", what, { identifier, requestToken, cause }) };
}

/**
 * A failed create that names an identifier may have made something all the same: that is to be read, not made again.
 * Patiently where AWS names it, for a read that lags behind would have it made twice. A name that the user chose is in
 * every event: only where nobody had it before is what has it now of this create's making.
 */
async function hasMade({ control, attempt }: Work, write: Write, ended: FailedWrite): Promise<boolean> {
  if (write.operation !== "CreateResource" || ended.identifier === undefined) return false;
  const { ClientToken: _, DesiredState: __, ...type } = write.input;
  const name = { ...type, Identifier: ended.identifier };
  const isFree = attempt.isFree?.();
  if (attempt.isServerNamed !== true && isFree !== undefined)
    return isFree && (await control.read(name)) !== undefined;
  if (ended.error.code === "BUSY" && attempt.isServerNamed !== true) return false;
  return (await control.readNew({ ...name, isClaimed: true })) !== undefined;
}

function isWorthAnother(error: ResourceError, attempt: Attempt): boolean {
  if (attempt.answers?.(error)) return false;
  return error.kind === "transient" || error.code === "BUSY" || error.code === "NOT_PROPAGATED";
}

/** Tells whether a failed request has certainly started nothing: it never left, or the service itself turned it away. */
function isRefusal(error: ResourceError): boolean {
  if (isUnsent(error)) return true;
  const isUnspoken = ["UNAVAILABLE", "UNREACHABLE", "ABORTED", "TIMEOUT"].includes(error.code);
  return error.kind !== "state" && !isUnspoken && !isTokenConflict(error);
}
