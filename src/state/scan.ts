import { basename, join } from "node:path";
import type { Entry } from "../entry.ts";
import { ResourceError, isResourceError } from "../errors.ts";
import { type Disk, isTemporary } from "./disk.ts";
import type { Recorded } from "./log/ledger.ts";
import { historyFolder } from "./history/runs-on-disk.ts";
import { isLog, readLogs } from "./log/read-logs.ts";
import { fileNameOf, nameOf } from "./name.ts";
import { parseEntry } from "./parse.ts";

/** What a folder of entries holds. */
export type Scan = Recorded;

/** How the file of an entry ends. */
export const suffix = ".json";

/** A file's name without that end. */
export const stem = (file: string): string => (file.endsWith(suffix) ? file.slice(0, -suffix.length) : file);

/**
 * Reads a whole stage at once: its logs, then the files, of which the logs have the last word. A log that cannot be
 * read stands among the entries as its error, under the name of its file: without it the files are of before.
 */
export function scanStage(disk: Disk, folder: string): Scan {
  const { words, unreadable } = readLogs(disk, folder);
  const { entries, misplaced } = scan(disk, folder);
  const [all, astray] = [new Map([...entries, ...unreadable]), new Map(misplaced)];
  for (const [id, entry] of words) {
    // What has become unreadable since is not to be overwritten: it stays what it is.
    if (isResourceError(all.get(id))) continue;
    if (entry) all.set(id, entry);
    else all.delete(id);
    astray.delete(id);
  }
  return { entries: all, misplaced: astray };
}

/** Reads the files of a folder at once. */
export function scan(disk: Disk, folder: string): Scan {
  const entries = new Map<string, Entry | ResourceError>();
  const misplaced = new Map<string, ResourceError>();
  for (const file of disk.list(folder)) {
    const path = join(folder, file);
    if (isPassing(file)) continue;
    const isRecord = file.endsWith(suffix) && !file.startsWith(".");
    const entry = isRecord ? tryEntry(disk, path) : strayIn(disk, path);
    if (entry === undefined) continue;
    if (isResourceError(entry)) entries.set(nameOf(stem(file)) ?? file, entry);
    else if (isOfItsFile(entry, path)) entries.set(entry.id, entry);
    else {
      const error = astray(entry, path);
      misplaced.set(entry.id, error);
      if (isRecord) entries.set(nameOf(stem(file)) ?? file, error);
    }
  }
  // A copy beside the entry itself takes nothing away from it.
  for (const id of entries.keys()) misplaced.delete(id);
  return { entries, misplaced };
}

/** One record, what is wrong with it, or undefined where there is none. */
export function readEntry(disk: Disk, path: string): Entry | ResourceError | undefined {
  const entry = tryEntry(disk, path);
  return entry === undefined || isResourceError(entry) || isOfItsFile(entry, path)
    ? entry
    : astray(entry, path);
}

const isPassing = (file: string): boolean =>
  /^\.lock-\d+$/.test(file) || isLog(file) || isTemporary(file) || file === historyFolder;

function tryEntry(disk: Disk, path: string): Entry | ResourceError | undefined {
  try {
    const text = disk.read(path);
    return text === undefined ? undefined : parseEntry(text, path);
  } catch (error) {
    if (isResourceError(error)) return error;
    throw error;
  }
}

/** The entry in a file that is named as none: what else lies in the folder is none of ours. */
function strayIn(disk: Disk, path: string): Entry | undefined {
  const entry = tryEntry(disk, path);
  return isResourceError(entry) ? undefined : entry;
}

const isOfItsFile = ({ id }: Entry, path: string): boolean => basename(path) === fileNameOf(id) + suffix;

const astray = ({ id }: Entry, path: string): ResourceError =>
  new ResourceError("STATE_UNREADABLE", `${path} holds the entry of ${JSON.stringify(id)}`, {
    advice: "Give the file back its name, or move it away.",
  });
