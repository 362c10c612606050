import { join } from "node:path";
import type { Entry } from "../../entry.ts";
import { type ResourceError, isResourceError } from "../../errors.ts";
import type { Disk } from "../disk.ts";
import { idOf, parseLog } from "./records.ts";

/** Tells whether a file of a stage's folder is a log. */
export const isLog = (file: string): boolean => /^\.log-[\da-f-]{36}$/.test(file);

/** What the logs of a stage say of each entry, the last word of each; `undefined` for one that is forgotten. */
export type LastWords = ReadonlyMap<string, Entry | undefined>;

/** Reads the logs of a stage's folder, or tells why they cannot be. */
export function readLogs(disk: Disk, folder: string): LastWords | ResourceError {
  const words = new Map<string, Entry | undefined>();
  for (const file of disk.list(folder).filter(isLog)) {
    const path = join(folder, file);
    const records = parseLog(disk.read(path) ?? "", path);
    if (isResourceError(records)) return records;
    for (const record of records) words.set(idOf(record), "put" in record ? record.put : undefined);
  }
  return words;
}
