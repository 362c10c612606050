import type { Clock } from "../wire/clock.ts";
import type { Progress } from "./protocol.ts";
import { type ListRunning, type Lists, type Row, readLists } from "./request-lists.ts";
import { isSeenOfLate, pauseBetweenLists } from "./sight.ts";

/** How a poller asks AWS. */
export interface PollerSource<S> {
  readonly clock: Clock;
  /** One operation by its token. */
  readonly poll: (requestToken: string, signal: AbortSignal) => Promise<S>;
  /** The pages of all that run; without them every one is asked for by its token. */
  readonly list?: ListRunning | undefined;
  /** Calls that AWS takes a second, where others wait for theirs. */
  readonly perSecond: () => number | undefined;
}

/** Asks after operations for everybody who follows one. */
export interface Poller<S> {
  /** Takes an operation in; whoever has done so lets it go again. */
  enter(requestToken: string): FollowedOperation<S>;
}

/** An operation as a poller knows it. */
export interface FollowedOperation<S> {
  /** Waits so many ms, or until lists do not show it any more, or the signal aborts. */
  rest(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /**
   * Asks how it goes; `expected` is the share of others like it that had ended at its age. Throws what its own token is
   * answered with, or the reason of the signal.
   */
  ask(signal: AbortSignal, expected?: number): Promise<Answer<S>>;
  leave(): void;
}

/** One answer about an operation. */
export interface Answer<S> {
  /** What its own token was answered with; undefined where it runs by what lists say. */
  readonly status?: S;
  /** The operation as a list has shown it. */
  readonly progress?: Progress | undefined;
  /** The instant (epoch ms) as of which this is so. */
  readonly at: number;
  /** When a list has shown it running last. */
  readonly shownAt?: number | undefined;
}

/** So few are asked for by their tokens, each in its own time. */
const few = 20;
/** So many are, where it has probably ended: their lists are too far apart to wait for one. */
const severalExpected = 100;
/** What has ended almost for certain is asked for whatever lists say: they may be old. */
const certain = 0.95;

/**
 * Makes a poller: operations that are due are asked for by their tokens while they are few; while they are many, pages
 * of all that run tell which have not ended, and only those that these do not show are asked for. An end is always
 * taken from the token's own answer: a list may lag, or show an operation never.
 */
export function makePoller<S>(source: PollerSource<S>): Poller<S> {
  const { clock } = source;
  const rows = new Set<Row>();
  const ages = sumAges(clock);
  const lists = readLists(source.list, clock, rows);
  const gathered = gatherDue(clock, lists, () => {
    const costs = { followed: rows.size, ageMs: ages.mean(), pages: lists.pages() };
    return pauseBetweenLists({ ...costs, perSecond: source.perSecond() });
  });
  const isListed = (row: Row, expected: number): boolean => {
    if (row.isGone || rows.size <= few || !lists.isOpen()) return false;
    return expected < (rows.size <= severalExpected ? 0.5 : certain);
  };
  /** Whether lists say that it runs. */
  const isShown = async (row: Row, signal: AbortSignal, expected: number): Promise<boolean> => {
    if (!isListed(row, expected)) return false;
    if (isSeenOfLate(row, row.restedFrom, clock.now()) && !lists.isAskedFor(row)) return true;
    const before = lists.wholeAt();
    await gathered.next(row, signal);
    return lists.wholeAt() > before && !row.isGone && !lists.isAskedFor(row);
  };
  const askFor = async (row: Row, signal: AbortSignal, expected: number): Promise<Answer<S>> => {
    if (await isShown(row, signal, expected))
      return { progress: row.shown?.progress, at: row.shown?.at ?? lists.wholeAt() };
    row.sentAt = clock.now();
    const shownAt = row.shown?.at;
    return { status: await source.poll(row.token, signal), at: row.sentAt, shownAt };
  };

  return {
    enter: (token) => {
      const now = clock.now();
      const row: Row = { token, begunAt: now, askedAt: now, restedFrom: now, isGone: false };
      rows.add(row);
      ages.add(row);
      return {
        rest: (ms, signal) => {
          // Whoever rests has not ended.
          lists.noteRunning(row);
          return restUntilGone(row, clock, { ms, signal });
        },
        ask: (signal, expected = 0) => askFor(row, signal, expected),
        leave: () => {
          rows.delete(row);
          ages.remove(row);
          gathered.leave(row);
        },
      };
    },
  };
}

async function restUntilGone(
  row: Row,
  clock: Clock,
  { ms, signal }: { readonly ms: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const gone = new AbortController();
  row.restedFrom = clock.now();
  row.wake = () => gone.abort();
  await clock.sleep(ms, signal ? AbortSignal.any([signal, gone.signal]) : gone.signal);
  row.wake = undefined;
}

/** Operations that are due and wait for a list. */
interface Gathered {
  /** Waits for the next list, or for one that is not worth its calls. */
  next(row: Row, signal: AbortSignal): Promise<void>;
  leave(row: Row): void;
}

/** Gathers what is due until a list is worth its calls, for as long as `pauseMs` says after the last one. */
function gatherDue(clock: Clock, lists: Lists, pauseMs: () => number): Gathered {
  const due = new Map<Row, () => void>();
  let lastAt = -Infinity;
  let going: Promise<void> | undefined;
  let pause = new AbortController();

  const listOnce = async (): Promise<void> => {
    pause = new AbortController();
    await clock.sleep(Math.max(0, lastAt + pauseMs() - clock.now()), pause.signal);
    const told = [...due];
    due.clear();
    lastAt = clock.now();
    if (told.length > lists.pages()) await lists.read(told.length);
    for (const [, tell] of told) tell();
  };
  const listWhileDue = async (): Promise<void> => {
    while (due.size > 0) await listOnce();
    going = undefined;
  };
  return {
    next: (row, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        due.set(row, resolve);
        going ??= listWhileDue();
      }),
    leave: (row) => {
      due.delete(row);
      // Its pause would keep the process alive.
      if (due.size === 0) pause.abort();
    },
  };
}

/** The mean age of what is followed, without going through all of it. */
function sumAges(clock: Clock): {
  add: (row: Row) => void;
  remove: (row: Row) => void;
  mean: () => number;
} {
  const since = clock.now();
  let sum = 0;
  let count = 0;
  const countIn = (row: Row, by: 1 | -1): void => {
    sum += by * (row.begunAt - since);
    count += by;
  };
  return {
    add: (row) => countIn(row, 1),
    remove: (row) => countIn(row, -1),
    mean: () => (count === 0 ? 0 : clock.now() - since - sum / count),
  };
}
