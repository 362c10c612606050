import { type ResourceError, isResourceError } from "../errors.ts";
import type { Clock } from "../wire/clock.ts";
import { isConcurrentOperation, requestTokenIn } from "../wire/failure.ts";
import { type Pause, retrying } from "../wire/retry.ts";
import type { CloudControl } from "./cloud-control.ts";
import type { Ended, Write } from "./protocol.ts";
import type { Watch } from "./wait.ts";

/** A write as its caller wants it: how to make it, and what to keep before and after it is sent. */
export interface Attempt {
  /** Makes the request under a fresh client token and records it. Called before every real try. */
  prepare(): Promise<Write>;
  /** Records the token of the operation that AWS has started. */
  accepted(requestToken: string): Promise<void>;
  /** Failures that the caller answers better than another try does. */
  readonly answers?: (error: ResourceError) => boolean;
  readonly watch: Watch;
  readonly onPause: (pause: Pause) => void;
}

/**
 * Carries a write to its end, and tries again where the failure says that nothing has come of it. A lost request
 * is resent with its client token (that happens below); a failed operation needs a new one, so `prepare` runs again.
 * Throws only while the outcome is not known: the recorded intent then settles it in the next run.
 */
export async function perform(control: CloudControl, clock: Clock, attempt: Attempt): Promise<Ended> {
  const once = async (): Promise<Ended> => {
    const ended = await sendAndFollow(control, await attempt.prepare(), attempt);
    if (ended.outcome === "failed" && isWorthAnother(ended, attempt)) throw ended.error;
    return ended;
  };
  try {
    return await retrying(once, {
      clock,
      when: (error) => error.kind === "transient" || error.kind === "busy",
      onPause: attempt.onPause,
    });
  } catch (error) {
    if (isResourceError(error) && isDefinite(error)) {
      return { outcome: "failed", identifier: error.identifier, error };
    }
    throw error;
  }
}

async function sendAndFollow(control: CloudControl, write: Write, attempt: Attempt): Promise<Ended> {
  try {
    const progress = await control.send(write, attempt.onPause);
    if (progress.requestToken !== undefined) await attempt.accepted(progress.requestToken);
    return await control.follow(progress, attempt.watch);
  } catch (error) {
    if (!isResourceError(error) || !isDefinite(error)) throw error;
    await otherOperation(control, error, attempt.watch);
    return { outcome: "failed", identifier: undefined, error };
  }
}

/** Another operation holds the resource: its end is worth waiting for before ours is tried again. */
async function otherOperation(control: CloudControl, error: ResourceError, watch: Watch): Promise<void> {
  const token = isConcurrentOperation(error) ? requestTokenIn(error.what) : undefined;
  if (token !== undefined) await control.follow(token, watch);
}

/** A failed create that names an identifier may have made something: that is to be read, not tried again. */
function isWorthAnother(ended: Ended & { outcome: "failed" }, attempt: Attempt): boolean {
  if (attempt.answers?.(ended.error)) return false;
  return ended.identifier === undefined && !["NOT_STABILIZED", "CANCELLED", "TIMEOUT"].includes(ended.error.code);
}

/**
 * Failures after which it is certain that no operation of ours is under way: the service refused, or an operation
 * that it named has ended.
 */
function isDefinite(error: ResourceError): boolean {
  if (error.kind === "state" || error.code === "TIMEOUT" || error.code === "UNREACHABLE") return false;
  return error.code !== "UNAVAILABLE" || error.requestToken !== undefined;
}
