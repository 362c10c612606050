import type { Progress } from "./protocol.ts";

/** What is known of an operation that runs; instants are epoch ms. */
export interface Sight {
  readonly begunAt: number;
  /** When its own token was last asked and said that it runs; else when it began. */
  readonly askedAt: number;
  /** The last list that has shown it running. */
  readonly shown?: { readonly at: number; readonly progress: Progress } | undefined;
}

/** What the lists of a run have told of themselves. */
export interface ListKnowledge {
  /** When the last whole list was asked for. */
  readonly wholeAt: number;
  /** How old an operation was that ran and was in no list yet, in ms. */
  readonly lagMs: number;
}

/** A list that shows an operation running is believed for so long, and for as long as it has run by its own token. */
const trustMs = 30_000;
const trustRatio = 3;
/** A list may lag by so much more than it has been seen to. */
const lagRatio = 1.5;

/**
 * Whether an operation is to be asked for by its token, after a list. One that is shown runs, unless its own token has
 * not been asked for long: a list may be old. One that is not shown may have ended, or be too new for the list; where
 * lists are known to lag, it is asked for when it is half as old again each time.
 */
export function isAskedFor(sight: Sight, { wholeAt, lagMs }: ListKnowledge, now: number): boolean {
  const ownMs = sight.askedAt - sight.begunAt;
  if (sight.shown !== undefined) {
    if (sight.shown.at < wholeAt) return true;
    return now - sight.askedAt >= Math.max(trustMs, ownMs * trustRatio);
  }
  const ageMs = now - sight.begunAt;
  return ageMs >= lagMs * lagRatio || ageMs >= ownMs * lagRatio;
}

/** Whether a list has shown an operation running in the later half of the time for which it was left alone. */
export const isSeenOfLate = ({ shown }: Sight, restedFrom: number, now: number): boolean =>
  shown !== undefined && shown.at >= (restedFrom + now) / 2;

/** What decides how often a list is worth its calls. */
export interface ListCosts {
  /** How many operations are followed. */
  readonly followed: number;
  /** Their mean age in ms. */
  readonly ageMs: number;
  readonly pages: number;
  /** Calls that AWS takes a second, where others wait for theirs. */
  readonly perSecond: number | undefined;
}

const shortestPauseMs = 50;
const longestPauseMs = 5_000;
/** Where calls are scarce lists take no more than this share of them, and are no further apart than that. */
const scarceShare = 0.05;
const longestScarcePauseMs = 20_000;

/**
 * How far apart lists are, in ms: a share of the mean age, between 3 and 15 %, so that the lists of its life cost an
 * operation less than one call of its own.
 */
export function pauseBetweenLists({ followed, ageMs, pages, perSecond }: ListCosts): number {
  const share = Math.min(0.15, Math.max(0.03, (1.5 * pages) / followed));
  const pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, ageMs * share));
  if (perSecond === undefined) return pauseMs;
  const scarceMs = (pages * 1_000) / (scarceShare * perSecond);
  return Math.max(pauseMs, Math.min(longestScarcePauseMs, scarceMs));
}
