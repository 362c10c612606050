import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scryptSync } from "node:crypto";
import type { Sealed } from "../entry.ts";
import { ResourceError } from "../errors.ts";

const form = "v1.";
const nonceBytes = 12;
const tagBytes = 16;

/** Seals text under a 32-byte key: `v1.` and base64 of nonce (12 bytes), tag (16 bytes) and AES-256-GCM ciphertext. */
export function seal(key: Uint8Array, text: string): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(key), nonce).setAAD(Buffer.from(form));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return form + Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString("base64");
}

/** Opens what `seal` made with the same key; anything else, also one changed bit, is `STATE_UNREADABLE`. */
export function unseal(key: Uint8Array, sealed: Sealed): string {
  const bytes = Buffer.from(sealed.slice(form.length), "base64");
  try {
    if (!sealed.startsWith(form)) throw new RangeError(`sealed text begins with ${form}`);
    const nonce = bytes.subarray(0, nonceBytes);
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(key), nonce, { authTagLength: tagBytes })
      .setAAD(Buffer.from(form))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new ResourceError("STATE_UNREADABLE", "a sealed request cannot be opened with the store's key", {
      cause,
      advice:
        "Bring back the key it was sealed with: the .key file of the state folder, or AWAIT_AWS_STATE_KEY.",
    });
  }
}

/** Digests a secret so that a change shows and the value does not: HMAC-SHA256, base64. */
export function digest(key: Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64");
}

/**
 * Digests a secret for an entry: what `digest` gives, after a check that tells by which key. So a value that has
 * changed and a key that has are never taken for each other. A digest of what the value means follows, where that has
 * a text of its own.
 */
export function digestUnder(key: Uint8Array, text: string, meaning: string = text): string {
  const exact = `${checkOf(key)}.${digest(key, text)}`;
  return meaning === text ? exact : `${exact}~${digest(key, meaning)}`;
}

/** Stands for a value that nobody knows to be there, and so for none that a script may ask. */
export const noDigest = "";

/** Stands for a value of which nothing is known, so that none counts as another. */
export const anyDigest = "?";

/** Tells whether a digest is none that a key could confirm. */
export const isUncertain = (recorded: string): boolean => recorded === noDigest || recorded === anyDigest;

/** Tells whether a text is the one recorded by its digest; where another key has made that, nobody can tell. */
export function compareDigest(
  key: Uint8Array,
  text: string,
  recorded: string,
): "same" | "changed" | "unknown" {
  if (recorded === noDigest) return "changed";
  if (recorded === anyDigest) return "same";
  const [exact] = recorded.split("~");
  const check = keyCheckIn(recorded);
  // A digest of before checks were kept proves its key when it fits, and nothing when it does not.
  if (check === undefined) return digest(key, text) === exact ? "same" : "unknown";
  if (check !== checkOf(key)) return "unknown";
  return digestUnder(key, text) === exact ? "same" : "changed";
}

/** Tells whether a value with this meaning is recorded by its digest, in whatever spelling. */
export function isMeaningOf(key: Uint8Array, meaning: string, recorded: string): boolean {
  const made = digest(key, meaning);
  return recorded.split("~").some((one) => one.slice(one.indexOf(".") + 1) === made);
}

/** Digests a secret where there is no key yet: slowly, under a salt of its own, so that guessing is dear. */
export function saltedDigest(text: string, salt: string = randomBytes(16).toString("base64url")): string {
  return `salt.${salt}.${scryptSync(text, salt, 32, { N: 4096 }).toString("base64url")}`;
}

/** Tells whether a text is the one of a salted digest; undefined for a digest of another kind. */
export function compareSalted(text: string, recorded: string): "same" | "changed" | undefined {
  const [kind, salt] = recorded.split(".");
  if (kind !== "salt" || salt === undefined) return undefined;
  return saltedDigest(text, salt) === recorded ? "same" : "changed";
}

/** The check of the key that has made a digest. */
export const keyCheckIn = (recorded: string): string | undefined => /^([\w-]{11})\./.exec(recorded)?.[1];

/** Tells one key from another and nothing more: 64 bits, base64url. */
export const checkOf = (key: Uint8Array): string =>
  createHmac("sha256", key).update("await-aws key check").digest().subarray(0, 8).toString("base64url");

const derived = new WeakMap<Uint8Array, Buffer>();

/** One key, two uses: sealing works under a key of its own, derived from the store's once. */
function sealingKey(key: Uint8Array): Buffer {
  const known = derived.get(key) ?? Buffer.from(hkdfSync("sha256", key, "", "await-aws seal", 32));
  derived.set(key, known);
  return known;
}
