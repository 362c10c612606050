import { randomBytes, scrypt } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { ResourceError } from "../errors.ts";
import type { Disk } from "./disk.ts";

const stretch = promisify<string, string, number, Buffer>(scrypt);

/** Reads a key that was handed in: 32 bytes as hex or base64, or any other text, stretched with scrypt. */
export async function keyFrom(text: string): Promise<Uint8Array> {
  if (text === "") throw new ResourceError("VALIDATION", "the state key (AWAIT_AWS_STATE_KEY) is empty");
  // The salt is fixed because every machine must get the same key from the same text.
  return bytesOf(text) ?? (await stretch(text, "await-aws state key", 32));
}

/** Reads the key file of a store, made by whoever asks first: 32 random bytes as base64, mode 0600. */
export function keyIn(disk: Disk, folder: string): Uint8Array {
  const path = join(folder, ".key");
  if (disk.read(path) === undefined) disk.claim(path, `${randomBytes(32).toString("base64")}\n`);
  const key = bytesOf(disk.read(path)?.trim() ?? "");
  if (key) return key;
  throw new ResourceError("STATE_UNREADABLE", `${path} does not hold a key of 32 bytes`, {
    advice: "Restore the key file from a backup: without it, sealed requests and secrets cannot be recalled.",
  });
}

function bytesOf(text: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : undefined;
}
