import { join } from "node:path";
import type { Disk } from "../disk.ts";
import type { RunTexts } from "../store.ts";

/** The folder of a stage that holds a file for each of its runs; no entry's name begins with a dot. */
export const historyFolder = ".history";

const suffix = ".json";

/** Keeps the records of a stage's runs as files beside its entries. */
export function runsOnDisk(disk: Disk, stageFolder: string): RunTexts {
  const folder = join(stageFolder, historyFolder);
  const pathOf = (name: string): string => join(folder, name + suffix);
  return {
    names: async () =>
      disk
        .list(folder)
        .flatMap((file) => (isRunFile(file) ? [file.slice(0, -suffix.length)] : []))
        .toSorted((one, other) => (one < other ? -1 : 1)),
    read: async (name) => disk.read(pathOf(name)),
    write: async (name, text) => disk.write(pathOf(name), text),
    remove: async (name) => disk.remove(pathOf(name)),
  };
}

/** Whether any run of a stage is kept: a folder of which the last was removed stays. */
export const hasRuns = (disk: Disk, stageFolder: string): boolean =>
  disk.list(join(stageFolder, historyFolder)).some(isRunFile);

const isRunFile = (file: string): boolean => /^\w[\w.-]*\.json$/.test(file);
