import { type Durations, classRatio, quantileOf, weightOf } from "./durations.ts";

/** What is known when it is decided how long to leave an operation alone. */
export interface Moment {
  /** ms since the operation began. */
  readonly elapsedMs: number;
  /** How long others like it took. */
  readonly durations: Durations;
  /** Whether calls are few and others wait for theirs: then none goes out that will probably learn nothing. */
  readonly isScarce: boolean;
}

const firstAskMs = 200;
/** An answer takes about as long. */
const leastPauseMs = 20;
const longestPauseMs = 5_000;
/** Where nothing is known the next ask comes after this share of the time already waited. */
const shareOfElapsed = 0.15;
/** The same where calls are scarce. */
const scarceShare = 0.5;
/** How far apart asks are, as a share, where it is known when operations end: at least, and where few of them do. */
const closeShare = 0.035;
const wideShare = 0.065;
/** A clock that is minutes ahead at AWS must not put us to sleep for hours. */
const longestRetryAfterMs = 60_000;

/** Of all operations, those that end sooner than any other are no rule. */
const firstShare = 0.04;
/** Each time that such a share of them has ended it is worth asking. */
const stopShare = 0.05;
const stops = Array.from({ length: 20 }, (_, i) => (i + 1) * stopShare);
const scarceStops = [0.9, 1];
/** A first ask that finds an operation running tells more than one that does not, and the fewer are known the more. */
const earlyRatio = classRatio ** 1.5;
const unknownShare = 0.4;

/**
 * How long to leave an operation alone before it is asked for next, in ms. Where it is known when others like it have
 * ended, first shortly before the first of those, so that its own time becomes known too, then each time that some more
 * of them had; otherwise after a share of the time already waited.
 */
export const pauseBeforeAsk = (moment: Moment): number => Math.ceil(pauseOf(moment));

function pauseOf(moment: Moment): number {
  const { elapsedMs, durations, isScarce } = moment;
  const stop = weightOf(durations) >= 1 ? nextStop(moment) : undefined;
  if (stop !== undefined) return stop - elapsedMs;
  const last = quantileOf(durations, 1);
  const share = elapsedMs * (isScarce ? scarceShare : shareOfElapsed);
  // Close behind where most have ended, and further apart the later it is.
  const behind =
    last === undefined ? share : Math.min(share, Math.max(elapsedMs * closeShare, (elapsedMs - last) / 2));
  if (last === undefined && elapsedMs < firstAskMs) return firstAskMs - elapsedMs;
  return Math.min(longestPauseMs, Math.max(leastPauseMs, behind));
}

function nextStop({ elapsedMs, durations, isScarce }: Moment): number | undefined {
  const notBeforeMs = elapsedMs + Math.max(leastPauseMs, elapsedMs * closeShare);
  const after = (shares: readonly number[]): number | undefined =>
    shares.map((share) => quantileOf(durations, share)).find((ms) => ms !== undefined && ms >= notBeforeMs);
  if (isScarce) return after(scarceStops);
  const earliestMs = (quantileOf(durations, firstShare) ?? 0) / earlyRatio;
  const firstMs = earliestMs / (1 + unknownShare / weightOf(durations));
  if (firstMs >= notBeforeMs) return firstMs;
  const stop = after(stops);
  return stop && Math.min(stop, Math.max(notBeforeMs, elapsedMs * (1 + wideShare)));
}

/** The pause where AWS asks to be asked no sooner than at an instant; undefined where it does not, or that has passed. */
export function pauseUntilRetry(now: number, retryAt: number | undefined): number | undefined {
  if (retryAt === undefined || retryAt <= now) return undefined;
  return Math.min(longestRetryAfterMs, Math.max(firstAskMs, retryAt - now));
}
