import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ResourceError, isResourceError } from "../errors.ts";

/** The part of `node:fs` that the store stands on, so that a test can hand in a failing disk. */
export type Files = Pick<
  typeof fs,
  | "chmodSync"
  | "closeSync"
  | "fchmodSync"
  | "fdatasync"
  | "fsync"
  | "fsyncSync"
  | "ftruncateSync"
  | "linkSync"
  | "mkdirSync"
  | "openSync"
  | "readFileSync"
  | "readSync"
  | "readdirSync"
  | "renameSync"
  | "statSync"
  | "unlinkSync"
  | "write"
  | "writeFileSync"
  | "writeSync"
>;

/** What the store asks of a disk; a refusal is `STATE_UNREADABLE` or `STATE_UNWRITABLE` and names the path. */
export interface Disk {
  /** The names in a folder; an absent folder is empty. */
  list(folder: string): string[];
  /** The whole text of a file, or undefined when it is absent. */
  read(path: string): string | undefined;
  /**
   * Replaces a file, whole or not at all, even when the power fails. `allow` is asked when the text is safe beside its
   * place, and may throw: what a slow disk kept waiting need no longer be right.
   */
  write(path: string, text: string, allow?: () => void): void;
  /** Makes a file that must not exist yet; false when it does. */
  claim(path: string, text: string, lasting?: Lasting): boolean;
  /** Removes a file; absent is success. */
  remove(path: string, lasting?: Lasting): void;
  /** When the file was last touched, in ms; undefined when it is absent. */
  touchedAt(path: string): number | undefined;
  /** Overwrites in place what follows `head` in a file that begins with it; false where it does not, or is absent. */
  overwrite(path: string, head: string, text: string): boolean;
  /** Removes what processes that were killed half-way through a write have left in a folder. */
  sweep(folder: string): void;
  /** Whether other threads and processes of this machine meet the same files by their paths. */
  readonly isOfMachine?: boolean | undefined;
  /** What a log is written with; absent from a disk that does not outlive the process. */
  readonly logs?: LogDisk | undefined;
}

/** Whether what was done to a file must have been done even when the power fails, which a disk lets wait for. */
export type Lasting = "for good" | "while the machine runs";

/** How a disk is written without holding up the process until what is written is safe. */
export interface LogDisk {
  /** Makes a file that grows. */
  create(path: string): LogFile;
  /** Replaces a file as `write` does. The folder is synced by `sync`, once for many. */
  replace(path: string, text: string, allow: () => void): Promise<void>;
  /** Removes a file; absent is success. As with `replace`, `sync` makes it last. */
  remove(path: string): void;
  sync(folder: string): Promise<void>;
}

/** A file that grows; a refusal is `STATE_UNWRITABLE`, and leaves it as it was. */
export interface LogFile {
  /** Resolves when the text is safe behind what was there. */
  append(text: string): Promise<void>;
  close(): void;
}

/** A disk over the given files. Synchronous throughout: nothing of this process comes between two steps. */
export function diskOf(files: Files = fs): Disk {
  return {
    list: (folder) => reading(folder, () => files.readdirSync(folder)) ?? [],
    read: (path) => reading(path, () => files.readFileSync(path, "utf8")),
    write: (path, text, allow) =>
      writing(path, () =>
        viaTemporary(files, path, {
          text,
          settle(made) {
            allow?.();
            files.renameSync(made, path);
          },
        }),
      ),
    claim: (path, text, lasting) => writing(path, () => claim(files, path, { text, lasting })),
    remove(path, lasting = "for good") {
      writing(path, () => {
        unlessAbsent(() => files.unlinkSync(path));
        if (lasting === "for good") syncFolder(files, dirname(path));
      });
    },
    touchedAt: (path) => reading(path, () => files.statSync(path, { throwIfNoEntry: false })?.mtimeMs),
    overwrite: (path, head, text) =>
      writing(path, () => unlessAbsent(() => overwrite(files, path, { head, text }))) === true,
    sweep(folder) {
      for (const name of reading(folder, () => files.readdirSync(folder)) ?? [])
        if (isTemporary(name)) ignoringFailure(() => files.unlinkSync(join(folder, name)));
    },
  };
}

/** Tells whether a file is one that a write made on its way. */
export const isTemporary = (name: string): boolean => /^\.[\da-f]{16}\.tmp$/.test(name);

/** How often a claim begins anew because somebody who took the folder over has swept its temporary file away. */
const mostClaims = 5;

interface Claimed {
  readonly text: string;
  readonly lasting?: Lasting | undefined;
}

function claim(files: Files, path: string, { text, lasting }: Claimed, tries = 1): boolean {
  try {
    viaTemporary(files, path, {
      text,
      lasting,
      settle(made) {
        files.linkSync(made, path);
        files.unlinkSync(made);
      },
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (codeOf(error) === "ENOENT" && tries < mostClaims)
      return claim(files, path, { text, lasting }, tries + 1);
    if (!["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error))) throw error;
  }
  // This disk knows no hard links: whoever reads between the two steps finds an empty file.
  try {
    files.writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    files.chmodSync(path, 0o600);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function overwrite(files: Files, path: string, { head, text }: { head: string; text: string }): boolean {
  const handle = files.openSync(path, "r+");
  try {
    const expected = Buffer.from(head);
    const found = Buffer.alloc(expected.length);
    files.readSync(handle, found, 0, found.length, 0);
    if (!found.equals(expected)) return false;
    files.writeSync(handle, text, expected.length);
    return true;
  } finally {
    files.closeSync(handle);
  }
}

interface ViaTemporary extends Claimed {
  readonly settle: (made: string) => void;
}

/** Writes the text beside its place, safe on the disk, and lets `settle` move it there. */
function viaTemporary(
  files: Files,
  path: string,
  { text, lasting = "for good", settle }: ViaTemporary,
): void {
  const folder = dirname(path);
  makeFolder(files, folder);
  const made = temporaryIn(folder);
  try {
    const handle = files.openSync(made, "wx", 0o600);
    try {
      // The mode of an open() is less the umask, and a file that its owner may not write is of no use to the next run.
      files.fchmodSync(handle, 0o600);
      files.writeFileSync(handle, text);
      if (lasting === "for good") files.fsyncSync(handle);
    } finally {
      files.closeSync(handle);
    }
    settle(made);
  } catch (error) {
    ignoringFailure(() => files.unlinkSync(made));
    throw error;
  }
  if (lasting === "for good") syncFolder(files, folder);
}

/** A new name for a file on its way to its place. */
export const temporaryIn = (folder: string): string => join(folder, `.${randomBytes(8).toString("hex")}.tmp`);

/** Makes what is missing of a folder's path, for its owner alone, whatever the umask. */
export function makeFolder(files: Files, folder: string): void {
  const first = files.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const shortest = resolve(first).length;
  for (let made = resolve(folder); made.length >= shortest; made = dirname(made))
    files.chmodSync(made, 0o700);
}

/** Makes a rename or removal last; Windows and some network disks cannot, and lose nothing but that promise. */
function syncFolder(files: Files, folder: string): void {
  ignoringFailure(() => {
    const handle = files.openSync(folder, "r");
    try {
      files.fsyncSync(handle);
    } finally {
      files.closeSync(handle);
    }
  });
}

function reading<T>(path: string, read: () => T): T | undefined {
  try {
    return unlessAbsent(read);
  } catch (cause) {
    throw new ResourceError("STATE_UNREADABLE", `${path} cannot be read: ${codeOf(cause)}`, { cause });
  }
}

/** Does something that writes; a refusal of the disk is `STATE_UNWRITABLE` and names the path. */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    if (isResourceError(cause)) throw cause;
    throw new ResourceError("STATE_UNWRITABLE", `${path} cannot be written: ${codeOf(cause)}`, { cause });
  }
}

/** Does something with what may be absent. */
export function unlessAbsent<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Does what nobody relies on. */
export function ignoringFailure(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
