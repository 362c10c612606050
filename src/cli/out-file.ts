import { chmodSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "../errors.ts";

/** Refuses a file that cannot be written for want of a folder: what takes minutes is not made to be lost. */
export function requireFolderOf(out: string, flag = "--out"): void {
  const path = resolve(out);
  const isFolder = (at: string): boolean => statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder(dirname(path))) throw new UsageError(`${flag} ${out}: there is no folder ${dirname(path)}`);
  if (isFolder(path)) throw new UsageError(`${flag} ${out} is a folder: name a file in it`);
}

/** Writes a result that is for its owner alone: it tells what there is, if no secret. A file that was there keeps no other mode. */
export function writeResult(out: string, text: string): void {
  writeFileSync(out, text, { mode: 0o600 });
  chmodSync(out, 0o600);
}
