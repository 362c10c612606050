import pRetry from "p-retry";
import { type Code, type Kind, ResourceError, isResourceError } from "../errors.ts";
import type { Clock } from "./clock.ts";
import { isRefusedHere } from "./failure.ts";

/** How long after the first failure a kind is worth trying again, and how far apart. All in ms. */
interface Policy {
  readonly budgetMs: number;
  readonly firstMs: number;
  readonly capMs: number;
}

/** Budgets are time, not tries: 350 parallel reads must not run one another dry (terraform-provider-awscc #3295). */
const policies: Partial<Record<Kind, Policy>> = {
  transient: { budgetMs: 180_000, firstMs: 200, capMs: 20_000 },
  busy: { budgetMs: 300_000, firstMs: 500, capMs: 10_000 },
};

/** Where a code knows better than its kind. */
const exceptions: Partial<Record<Code, Policy>> = {
  // A network that is away for a moment comes back in a minute; a mistyped endpoint never does.
  UNREACHABLE: { budgetMs: 60_000, firstMs: 200, capMs: 10_000 },
  // IAM makes a new role known within seconds, rarely within a minute (terraform-provider-awscc #221).
  NOT_PROPAGATED: { budgetMs: 120_000, firstMs: 2_000, capMs: 10_000 },
};

/** An emulator that starts beside us is there in a moment, or is not started at all. */
const nobodyHere: Policy = { budgetMs: 3_000, firstMs: 200, capMs: 1_000 };

function policyFor(error: ResourceError): Policy | undefined {
  if (isRefusedHere(error)) return nobodyHere;
  return exceptions[error.code] ?? policies[error.kind];
}

/** A pause before another try. */
export interface Pause {
  readonly error: ResourceError;
  /** 1 for the pause after the first failure. */
  readonly attempt: number;
  readonly waitMs: number;
}

/** What a retried call needs of its surroundings. */
export interface RetrySettings {
  readonly clock: Clock;
  /** Says which failures are worth another try; default: transient ones. */
  readonly when?: (error: ResourceError) => boolean;
  /** Told before each pause. */
  readonly onPause?: (pause: Pause) => void;
  /**
   * Stops pausing; the last failure is thrown, or where that was no answer at all the reason, if it is a
   * ResourceError. Never cuts an attempt off.
   */
  readonly signal?: AbortSignal | undefined;
}

/** Doubling pauses of random length (between half and all of the step), so that many callers spread out. */
function waitBefore(policy: Policy, attempt: number): number {
  const step = Math.min(policy.capMs, policy.firstMs * 2 ** (attempt - 1));
  return Math.round(step * (0.5 + Math.random() / 2));
}

/**
 * Tries again while failures are worth it and their budget lasts; throws the last one.
 * The attempt must throw ResourceErrors. p-retry keeps count; the pauses are slept on the caller's clock, since
 * its own timers and its own signal handling (which may discard a success) are not for writes.
 */
export function callWithRetries<T>(attempt: () => Promise<T>, around: RetrySettings): Promise<T> {
  const { clock, signal, onPause } = around;
  const worthwhile = around.when ?? ((error) => error.kind === "transient");
  let failedAt: number | undefined;
  const tries = pRetry(attempt, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 0,
    maxTimeout: 0,
    shouldRetry: async ({ error, attemptNumber }) => {
      if (!isResourceError(error) || !worthwhile(error)) return false;
      const policy = policyFor(error);
      if (!policy) return false;
      const waitMs = waitBefore(policy, attemptNumber);
      // Not from the start: an operation that took ten minutes to fail deserves another try as well.
      failedAt ??= clock.now();
      if (clock.now() - failedAt + waitMs > policy.budgetMs) return false;
      onPause?.({ error, attempt: attemptNumber, waitMs });
      return clock.sleep(waitMs, signal);
    },
  });
  return tries.catch((error: unknown) => {
    throw isUnanswered(error) && worthwhile(error) ? stopOf(signal, error) : error;
  });
}

/** Tells whether nothing is known of what became of the request. */
const isUnanswered = (error: unknown): error is ResourceError =>
  isResourceError(error) && (error.code === "UNREACHABLE" || error.code === "UNAVAILABLE");

/** Why there was no other try: the run's time was up, rather than the last failure. */
function stopOf(signal: AbortSignal | undefined, error: ResourceError): ResourceError {
  const reason: unknown = signal?.aborted === true ? signal.reason : undefined;
  if (!isResourceError(reason)) return error;
  const { code, what, advice } = reason;
  return new ResourceError(code, `${what}; until then: ${error.what}`, { advice, cause: error });
}
