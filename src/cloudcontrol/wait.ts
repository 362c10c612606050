import type { HookProgressEvent } from "@aws-sdk/client-cloudcontrol";
import { ResourceError, isResourceError } from "../errors.ts";
import type { Clock } from "../wire/clock.ts";
import type { EndedBetween } from "./durations.ts";
import { pauseUntilRetry, pauseBeforeAsk } from "./poll-times.ts";
import { type Answer, type FollowedOperation, type Poller, makePoller } from "./poller.ts";
import { type EndedOperation, type Progress, failureIn } from "./protocol.ts";
import { type Timing, keepTiming } from "./timing.ts";

/** Told while an operation runs, and how long to bear with it. */
export interface Watch {
  /** Before each poll: ms since following began, and what AWS last said. */
  readonly onProgress?: (elapsedMs: number, message: string | undefined) => void;
  /** ms after which following ends with TIMEOUT; the operation itself goes on. Default: 36 h, AWS's own limit. */
  readonly timeoutMs?: number | undefined;
  /** Once it aborts, following ends after `graceMs` more with ABORTED. */
  readonly signal?: AbortSignal | undefined;
  /** Default 120 000. */
  readonly graceMs?: number | undefined;
  /** Once the signal aborts, asks AWS to cancel the operation, and goes on following it. */
  readonly cancels?: boolean | undefined;
}

/** How following asks AWS. */
export interface StatusReader {
  /** Gives up once the signal aborts: no answer may come at all. */
  readonly poll: (requestToken: string, signal: AbortSignal) => Promise<Status>;
  /** Resolves once AWS has been asked to cancel; an operation that has ended cannot be. */
  readonly cancel: (requestToken: string) => Promise<void>;
  /** Asks for all who follow one; without it everybody asks for himself. */
  readonly poller?: Poller<Status>;
  /** How long operations have taken. */
  readonly timing?: Timing;
  /** Calls that AWS takes a second, where others wait for theirs. */
  readonly perSecond?: () => number | undefined;
  /** Told how what was followed from its beginning (epoch ms) has ended. */
  readonly noteEnd?: (work: string, ended: EndedOperation, begunAt: number) => void;
}

/** One answer of GetResourceRequestStatus. */
export interface Status {
  readonly progress: Progress;
  readonly hooks: readonly HookProgressEvent[];
  /** The type that the operation is about, where AWS says so. */
  readonly type?: string | undefined;
}

const shortestLimitMs = 200;
const operationLimitMs = 36 * 3_600_000;
const defaultGraceMs = 120_000;

/** Follows an operation to its end by asking again and again. */
export async function follow(
  first: Progress,
  asking: StatusReader,
  clock: Clock,
  watch: Watch = {},
): Promise<EndedOperation> {
  const { requestToken: token } = first;
  const begunAt = clock.now();
  const tell = (ended: EndedOperation): EndedOperation => {
    if (first.work !== undefined) asking.noteEnd?.(first.work, ended, begunAt);
    return ended;
  };
  if (first.status !== "running" || token === undefined) return tell(endOf(first));
  const { poll, cancel, perSecond = notScarce, timing = keepTiming() } = asking;
  const { poller = makePoller({ clock, poll, perSecond }) } = asking;
  const operation = poller.enter(token);
  const pauseAfter = (elapsedMs: number, { retryAt }: Progress): number =>
    pauseUntilRetry(clock.now(), retryAt) ??
    pauseBeforeAsk({
      elapsedMs,
      durations: timing.durationsOf(first.work ?? ""),
      isScarce: perSecond() !== undefined,
    });
  const expectedBy = (elapsedMs: number): number => timing.expectedBy(first.work ?? "", elapsedMs);
  const cancelIt = async (): Promise<void> => {
    if (watch.cancels === true) await cancel(token);
  };
  try {
    const followed = await followEntered({
      first,
      operation,
      clock,
      watch,
      pauseAfter,
      expectedBy,
      cancelIt,
    });
    // Only of what was followed from its beginning it is known how long it took.
    if (first.work !== undefined && followed.ended.outcome === "succeeded") timing.note(first.work, followed);
    return tell(followed.ended);
  } finally {
    operation.leave();
  }
}

const notScarce = (): undefined => undefined;

interface Following {
  readonly first: Progress;
  readonly operation: FollowedOperation<Status>;
  readonly clock: Clock;
  readonly watch: Watch;
  readonly pauseAfter: (elapsedMs: number, progress: Progress) => number;
  readonly expectedBy: (elapsedMs: number) => number;
  readonly cancelIt: () => Promise<void>;
}

async function followEntered(
  following: Following,
): Promise<EndedBetween & { readonly ended: EndedOperation }> {
  const { first, operation, clock, watch } = following;
  const startedAt = clock.now();
  let stoppedAt: number | undefined;
  let ranAt = startedAt;
  let progress = first;
  while (progress.status === "running") {
    const now = clock.now();
    if (watch.signal?.aborted && stoppedAt === undefined) {
      stoppedAt = now;
      await following.cancelIt();
    }
    const leftMs = leftOf({ startedAt, stoppedAt, now }, watch, progress);
    watch.onProgress?.(now - startedAt, progress.message);
    const waitMs = Math.min(following.pauseAfter(now - startedAt, progress), leftMs);
    // A signal that has aborted would end every sleep at once.
    await operation.rest(waitMs, stoppedAt === undefined ? watch.signal : undefined);
    const expected = following.expectedBy(clock.now() - startedAt);
    const answer = await askStatus(operation, progress, { leftMs: leftMs - waitMs, watch, expected });
    if (!answer) return { afterMs: 0, byMs: 0, ended: { outcome: "unknown" } };
    progress = heardOf(progress, answer);
    ranAt = Math.max(ranAt, answer.shownAt ?? 0, progress.status === "running" ? answer.at : 0);
  }
  return { afterMs: ranAt - startedAt, byMs: clock.now() - startedAt, ended: endOf(progress) };
}

/** A list tells nothing of hooks, nor of an end. */
function heardOf(progress: Progress, answer: Answer<Status>): Progress {
  return answer.status ? withHooks(answer.status) : (answer.progress ?? progress);
}

function endOf(progress: Progress): EndedOperation {
  if (progress.status === "succeeded") return { outcome: "succeeded", identifier: progress.identifier };
  return { outcome: "failed", identifier: progress.identifier, error: failureIn(progress) };
}

/** ms until following has to end; throws where it has to end now. */
function leftOf(
  at: { readonly startedAt: number; readonly stoppedAt: number | undefined; readonly now: number },
  { timeoutMs = operationLimitMs, graceMs = defaultGraceMs }: Watch,
  progress: Progress,
): number {
  const left = at.startedAt + timeoutMs - at.now;
  if (left <= 0) throw unendedError("TIMEOUT", `has not ended after ${timeoutMs} ms`, progress);
  if (at.stoppedAt === undefined) return left;
  const leftOfGrace = at.stoppedAt + graceMs - at.now;
  if (leftOfGrace <= 0)
    throw unendedError("ABORTED", `had not ended ${graceMs} ms after the run was stopped`, progress);
  return Math.min(left, leftOfGrace);
}

/** What bounds the wait for one answer. */
interface Bound {
  readonly leftMs: number;
  readonly watch: Watch;
  /** The share of others like it that had ended at its age. */
  readonly expected: number;
}

/** Undefined when AWS does not know the token: the record expired, or it is of another account or region. */
async function askStatus(
  operation: FollowedOperation<Status>,
  progress: Progress,
  bound: Bound,
): Promise<Answer<Status> | undefined> {
  const { signal, end } = limitWait(bound, progress);
  try {
    return await operation.ask(signal, bound.expected);
  } catch (error) {
    if (isResourceError(error) && error.code === "NOT_FOUND") return undefined;
    throw error;
  } finally {
    end();
  }
}

const longestTimerMs = 2 ** 31 - 1;

/** A signal for when following has to end although no answer has come, by the machine's own time. */
function limitWait(
  { leftMs, watch }: Bound,
  progress: Progress,
): { readonly signal: AbortSignal; readonly end: () => void } {
  const { signal: stop, timeoutMs = operationLimitMs, graceMs = defaultGraceMs } = watch;
  const limit = new AbortController();
  const after = (ms: number, error: () => ResourceError): ReturnType<typeof setTimeout> =>
    setTimeout(() => limit.abort(error()), Math.min(longestTimerMs, Math.max(shortestLimitMs, ms)));
  const late = (): ResourceError => unendedError("TIMEOUT", `has not ended after ${timeoutMs} ms`, progress);
  const stopError = (): ResourceError =>
    unendedError("ABORTED", `had not ended ${graceMs} ms after the run was stopped`, progress);
  const timers = [after(leftMs, stop?.aborted === true ? stopError : late)];
  const shorten = (): void => void timers.push(after(graceMs, stopError));
  stop?.addEventListener("abort", shorten, { once: true });
  const end = (): void => {
    stop?.removeEventListener("abort", shorten);
    timers.forEach(clearTimeout);
  };
  return { signal: limit.signal, end };
}

/** When a hook blocks a request the reason stands in the hook's event, not in the operation's message. */
function withHooks({ progress, hooks }: Status): Progress {
  const reasons = hooks
    .filter(({ HookStatus }) => HookStatus === "HOOK_COMPLETE_FAILED" || HookStatus === "HOOK_FAILED")
    .filter(({ FailureMode }) => FailureMode !== "WARN")
    .map((hook) => `hook ${hook.HookTypeName}: ${hook.HookStatusMessage ?? hook.HookStatus}`);
  if (progress.status !== "failed" || reasons.length === 0) return progress;
  return { ...progress, message: [progress.message, ...reasons].filter(Boolean).join("; ") };
}

function unendedError(code: "TIMEOUT" | "ABORTED", how: string, progress: Progress): ResourceError {
  const { identifier, requestToken } = progress;
  return new ResourceError(code, `the operation ${how}`, {
    identifier,
    requestToken,
    advice: "It goes on at AWS: run the script again to settle it.",
  });
}
