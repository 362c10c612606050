import { join } from "node:path";
import { type Disk, diskOf, isTemporary } from "./disk.ts";

/** The name of the key file of a store. */
export const keyFile = ".key";

/** Where schemas are kept beside the entries; it may be there before the store is. */
export const schemaFolder = ".schemas";

/**
 * Keeps a store out of version control before anything else of it is there: what lies in it is as private as it is
 * passing. A folder that its user has filled is left as it is, but for the key, which is nobody's to publish.
 */
export function ignoreByGit(disk: Disk, folder: string): void {
  const names = disk.list(folder).filter((name) => name !== schemaFolder && !isTemporary(name));
  if (names.includes(ignoreFile)) return;
  if (names.length === 0) disk.claim(join(folder, ignoreFile), "*\n");
  else if (names.includes(keyFile)) ignoreKey(disk, folder);
}

/** Keeps the key alone out of version control, where its user has not said what is to be ignored. */
export function ignoreKey(disk: Disk, folder: string): void {
  disk.claim(join(folder, ignoreFile), `${keyFile}\n`);
}

/** Begins a store in a folder of this machine, for who writes there beside the store. */
export const beginStore = (folder: string): void => ignoreByGit(diskOf(), folder);

/** The same disk, on which the store in a folder begins with its ignore file. */
export function beginWithIgnore(disk: Disk, folder: string): Disk {
  let isBegun = false;
  const begin = (): void => {
    if (!isBegun) ignoreByGit(disk, folder);
    isBegun = true;
  };
  return {
    ...disk,
    write(path, text, allow) {
      begin();
      disk.write(path, text, allow);
    },
    claim(path, text, lasting) {
      begin();
      return disk.claim(path, text, lasting);
    },
  };
}

const ignoreFile = ".gitignore";
