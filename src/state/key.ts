import { randomBytes, scrypt } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { ResourceError } from "../errors.ts";
import { ignoreKey, keyFile } from "./begin.ts";
import type { Disk } from "./disk.ts";

const stretch = promisify<string, string, number, Buffer>(scrypt);

/** Reads a key that was handed in: 32 bytes as hex or base64, or any other text, stretched with scrypt. */
export async function keyFrom(text: string): Promise<Uint8Array> {
  if (text === "") throw new ResourceError("VALIDATION", "the state key (AWAIT_AWS_STATE_KEY) is empty");
  // The salt is fixed because every machine must get the same key from the same text.
  return bytesOf(text) ?? (await stretch(text, "await-aws state key", 32));
}

/** Reads the key file of a store; undefined where there is none. */
export function findKey(disk: Disk, folder: string): Uint8Array | undefined {
  const path = join(folder, keyFile);
  const text = disk.read(path);
  if (text === undefined) return undefined;
  const key = bytesOf(text.trim());
  if (key) return key;
  throw new ResourceError("STATE_UNREADABLE", `${path} does not hold a key of 32 bytes`, {
    advice: "Restore the key file from a backup: without it, sealed requests and secrets cannot be recalled.",
  });
}

/** Makes the key file of a store, unless somebody is faster: 32 random bytes as base64, mode 0600. */
export function makeKey(disk: Disk, folder: string): Uint8Array {
  ignoreKey(disk, folder);
  disk.claim(join(folder, keyFile), `${randomBytes(32).toString("base64")}\n`);
  const key = findKey(disk, folder);
  if (key) return key;
  throw new ResourceError("STATE_UNREADABLE", `${join(folder, keyFile)} is gone as soon as it was made`);
}

function bytesOf(text: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : undefined;
}
