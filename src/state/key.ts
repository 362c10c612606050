import { randomBytes, scrypt } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { ResourceError } from "../errors.ts";
import { ignoreKey, keyFile } from "./begin.ts";
import type { Disk } from "./disk.ts";

/** Where a store keeps its key. */
export interface KeyPlace {
  /** What to call it in messages. */
  readonly path: string;
  /** Tells whether anything is there. */
  exists(): Promise<boolean>;
  /** The key; undefined where there is none, `STATE_UNREADABLE` where what is there is none. */
  find(): Promise<Uint8Array | undefined>;
  /** Makes it: 32 random bytes. Where somebody is faster, that key counts. */
  make(): Promise<Uint8Array>;
  /** The same with a key of another place. */
  keep(key: Uint8Array): Promise<Uint8Array>;
}

/** The key file of a store. */
export const keyFileIn = (disk: Disk, folder: string): KeyPlace => ({
  path: join(folder, keyFile),
  exists: async () => disk.read(join(folder, keyFile)) !== undefined,
  find: async () => findKey(disk, folder),
  make: async () => makeKey(disk, folder, keyText()),
  keep: async (key) => makeKey(disk, folder, keyText(key)),
});

const stretch = promisify<string, string, number, Buffer>(scrypt);

/** Reads a key that was handed in: 32 bytes as hex or base64, or any other text, stretched with scrypt. */
export async function keyFrom(text: string): Promise<Uint8Array> {
  if (text === "") throw new ResourceError("VALIDATION", "the state key (AWAIT_AWS_STATE_KEY) is empty");
  // The salt is fixed because every machine must get the same key from the same text.
  return bytesOf(text) ?? (await stretch(text, "await-aws state key", 32));
}

function findKey(disk: Disk, folder: string): Uint8Array | undefined {
  const path = join(folder, keyFile);
  const text = disk.read(path);
  return text === undefined ? undefined : keyIn(text, path);
}

/** Reads the text that a key is kept as. */
export function keyIn(text: string, path: string): Uint8Array {
  const key = bytesOf(text.trim());
  if (key) return key;
  throw new ResourceError("STATE_UNREADABLE", `${path} does not hold a key of 32 bytes`, {
    advice: "Restore the key file from a backup: without it, sealed requests and secrets cannot be recalled.",
  });
}

/** A key as it is kept: 32 bytes as base64; random ones unless told. */
export const keyText = (key: Uint8Array = randomBytes(32)): string =>
  `${Buffer.from(key).toString("base64")}\n`;

/** The failure of a key that nobody finds who has just made it. */
export const goneKey = (path: string): ResourceError =>
  new ResourceError("STATE_UNREADABLE", `${path} is gone as soon as it was made`);

/** Mode 0600. */
function makeKey(disk: Disk, folder: string, text: string): Uint8Array {
  ignoreKey(disk, folder);
  disk.claim(join(folder, keyFile), text);
  const key = findKey(disk, folder);
  if (key) return key;
  throw goneKey(join(folder, keyFile));
}

function bytesOf(text: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : undefined;
}
