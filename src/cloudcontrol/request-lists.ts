import { isResourceError } from "../errors.ts";
import type { Clock } from "../wire/clock.ts";
import type { Page } from "../wire/pages.ts";
import type { Progress } from "./protocol.ts";
import { type Sight, isAskedFor } from "./sight.ts";

/** What is kept of one operation that is followed. */
export interface Row extends Sight {
  readonly token: string;
  askedAt: number;
  shown?: Sight["shown"];
  restedFrom: number;
  /** Lists showed it, and do not any more. */
  isGone: boolean;
  /** When its token was last sent. */
  sentAt?: number | undefined;
  wake?: (() => void) | undefined;
}

/** A page of all the operations that run. */
export type ListRunning = (token: string | undefined) => Promise<Page<Progress>>;

/** The lists of a poller, and what they have told. */
export interface Lists {
  isOpen(): boolean;
  /** How many pages a list takes, as far as that is known. */
  pages(): number;
  /** When the last list was asked for that came to its end. */
  wholeAt(): number;
  isAskedFor(row: Row): boolean;
  /** Reads all that run, in at most so many pages. */
  read(mostPages: number): Promise<void>;
  /** Notes that an operation runs although its token was asked for what no list showed. */
  noteRunning(row: Row): void;
}

const pageSize = 100;
/** Refusals that no later list will overcome: tokens do as well. */
const closing: readonly string[] = ["denied", "invalid", "missing"];

/** So long after a list that failed no other one is tried. */
const brokenMs = 5_000;

/** Keeps what lists tell of the operations that are followed. */
export function readLists(list: ListRunning | undefined, clock: Clock, rows: ReadonlySet<Row>): Lists {
  let openFrom = list === undefined ? Infinity : -Infinity;
  let lastPages = 1;
  let lagMs = 0;
  let wholeAt = -Infinity;

  return {
    isOpen: () => clock.now() >= openFrom,
    pages: () => Math.max(lastPages, Math.ceil(rows.size / pageSize)),
    wholeAt: () => wholeAt,
    isAskedFor: (row) => isAskedFor(row, { wholeAt, lagMs }, clock.now()),
    read: async (mostPages) => {
      if (!list) return;
      const at = clock.now();
      try {
        const { running, pages, isWhole } = await readPages(list, mostPages);
        // More pages than it is worth: others have many under way.
        lastPages = isWhole ? pages : pages + 1;
        if (!isWhole) return;
        wholeAt = at;
        for (const row of rows) if (row.begunAt <= at) noteShown(row, running.get(row.token), at, clock);
      } catch (error) {
        const isFinal = !isResourceError(error) || closing.includes(error.kind);
        openFrom = isFinal ? Infinity : clock.now() + brokenMs;
      }
    },
    noteRunning: (row) => {
      if (row.sentAt === undefined) return;
      if (row.shown === undefined && wholeAt > row.begunAt) lagMs = Math.max(lagMs, wholeAt - row.begunAt);
      row.askedAt = row.sentAt;
      if (row.isGone) row.shown = undefined;
      [row.isGone, row.sentAt] = [false, undefined];
    },
  };
}

/** What a list has shown, by token. */
interface ReadList {
  readonly running: ReadonlyMap<string, Progress>;
  readonly pages: number;
  readonly isWhole: boolean;
}

async function readPages(list: ListRunning, mostPages: number): Promise<ReadList> {
  const running = new Map<string, Progress>();
  let next: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await list(next);
    for (const progress of page.items) running.set(progress.requestToken ?? "", progress);
    next = page.next;
    if (!next || pages >= mostPages) return { running, pages, isWhole: !next };
  }
}

function noteShown(row: Row, progress: Progress | undefined, at: number, clock: Clock): void {
  if (progress) row.shown = { at, progress };
  else if (row.shown && !isAskedLater(row.shown.progress, clock.now())) {
    row.isGone = true;
    row.wake?.();
  }
}

/** Whether AWS asks to be asked for it no sooner than later. */
const isAskedLater = ({ retryAt = 0 }: Progress, now: number): boolean => retryAt > now;
