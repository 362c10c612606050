import { join } from "node:path";
import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Disk } from "../disk.ts";
import { type LogRecord, idOf, parseLog } from "./records.ts";

/** Tells whether a file of a stage's folder is a log. */
export const isLog = (file: string): boolean => /^\.log-[\da-f-]{36}$/.test(file);

/** What the logs of a stage say of each entry, the last word of each; `undefined` for one that is forgotten. */
export type LastWords = ReadonlyMap<string, Entry | undefined>;

/** What the logs of a stage hold. */
export interface ReadLogs {
  readonly words: LastWords;
  /** Why a log cannot be read, by its file. */
  readonly unreadable: ReadonlyMap<string, ResourceError>;
}

/** Reads the logs of a stage's folder. */
export function readLogs(disk: Disk, folder: string): ReadLogs {
  const words = new Map<string, Entry | undefined>();
  const unreadable = new Map<string, ResourceError>();
  for (const file of disk.list(folder).filter(isLog)) {
    const records = readLog(disk, join(folder, file));
    if (isResourceError(records)) unreadable.set(file, records);
    else for (const record of records) words.set(idOf(record), "put" in record ? record.put : undefined);
  }
  return { words, unreadable };
}

function readLog(disk: Disk, path: string): readonly LogRecord[] | ResourceError {
  try {
    return parseLog(disk.read(path) ?? "", path);
  } catch (error) {
    if (isResourceError(error)) return error;
    throw error;
  }
}
