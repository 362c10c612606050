import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
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

// One key, two uses: sealing works under a key of its own, derived from the store's.
const sealingKey = (key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync("sha256", key, "", "await-aws seal", 32));
