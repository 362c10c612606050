import type { Entry } from "../../entry.ts";
import { ResourceError, isResourceError } from "../../errors.ts";
import { entryText } from "../entry-text.ts";
import type { LogPlace } from "./place.ts";
import { type LogRecord, idOf } from "./records.ts";

/** Brings the files of a stage up to date with its log. */
export interface Compaction {
  /** Takes note of a record that is safe in the log; what settles goes to its file beside the run. */
  enter(record: LogRecord): void;
  /** Brings every file up to date; fails as the first that cannot be, after all others are. */
  finish(): Promise<void>;
}

/** Files that are written at a time: the threads on which Node flushes are four. */
const filesAtATime = 8;

/** ms after which what has not settled goes to its file too: most of it is overtaken sooner. */
const unsettledMs = 400;

type MaybeEntry = Entry | undefined;

/** Brings files up to date: of what has settled while the run goes on, of all that is left at its end. */
export function makeCompaction(place: LogPlace): Compaction {
  const waiting = new Map<string, MaybeEntry>();
  const failed = new Map<string, Failure>();
  const busy = new Map<string, Promise<void>>();
  const overdue = new Set<string>();
  let isEnding = false;
  const work = async (id: string, entry: MaybeEntry): Promise<void> => {
    const error = await writeOne(place, id, entry);
    // What failed is of no account where a newer record waits already, and neither is an older failure now.
    if (error && !waiting.has(id)) failed.set(id, { entry, error });
    else failed.delete(id);
    busy.delete(id);
    pump();
  };
  const pump = (): void => {
    for (const [id, entry] of waiting) {
      if (busy.size >= filesAtATime) return;
      if (busy.has(id) || !(isEnding || isSettled(entry) || overdue.has(id))) continue;
      waiting.delete(id);
      overdue.delete(id);
      busy.set(id, work(id, entry));
    }
  };
  const comeDue = (id: string, entry: MaybeEntry): void => {
    if (waiting.get(id) !== entry) return;
    overdue.add(id);
    pump();
  };
  const drain = async (): Promise<void> => {
    pump();
    while (busy.size > 0) await Promise.race(busy.values());
  };
  return {
    enter(record) {
      const [id, entry] = [idOf(record), "put" in record ? record.put : undefined];
      waiting.set(id, entry);
      failed.delete(id);
      if (!isSettled(entry)) setTimeout(() => comeDue(id, entry), unsettledMs).unref();
      pump();
    },
    async finish() {
      isEnding = true;
      await drain();
      for (const [id, { entry }] of failed) waiting.set(id, entry);
      failed.clear();
      await drain();
      for (const { error } of failed.values()) throw tellSafe(error);
    },
  };
}

/** A file that cannot be written at the end of a run is told of, but nothing of what it should hold is lost. */
function tellSafe(error: Error): Error {
  if (!isResourceError(error) || error.code !== "STATE_UNWRITABLE") return error;
  const advice =
    "What this run has recorded is safe in its log, and the next run brings the file up to date.";
  return new ResourceError(error.code, error.what, { advice, cause: error });
}

interface Failure {
  readonly entry: MaybeEntry;
  readonly error: Error;
}

/** Writes or removes one file; returns why it could not. */
async function writeOne(
  { logs, pathOf, lock }: LogPlace,
  id: string,
  entry: MaybeEntry,
): Promise<Error | undefined> {
  try {
    if (entry) await logs.replace(pathOf(id), entryText(entry), () => lock.check());
    else {
      lock.check();
      logs.remove(pathOf(id));
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What will hardly change again in this run. */
const isSettled = (entry: MaybeEntry): boolean =>
  entry === undefined || (entry.status === "settled" && !entry.intent);
