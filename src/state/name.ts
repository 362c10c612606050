import { createHash } from "node:crypto";
import { ResourceError } from "../errors.ts";

const longest = 200;

/**
 * Tells why an id (or the name of an app or stage) cannot be recorded beside `others`: it is empty, over 200 bytes,
 * not well-formed text, or differs from another only by case, which many disks cannot keep apart.
 */
export function checkId(id: string, others: Iterable<string> = []): ResourceError | undefined {
  const refuse = (what: string): ResourceError => new ResourceError("VALIDATION", what, { id });
  if (id === "") return refuse("an empty name cannot be recorded");
  if (/\p{Surrogate}/u.test(id)) return refuse("the name is not well-formed Unicode");
  const bytes = Buffer.byteLength(id);
  if (bytes > longest) return refuse(`the name is ${bytes} bytes long, more than ${longest}`);
  const folded = id.toLowerCase();
  for (const other of others) {
    if (other !== id && other.toLowerCase() === folded) return refuse(`differs from "${other}" only by case`);
  }
  return undefined;
}

// Device names on Windows, with any extension:
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * Spells any checked name as a file name of at most 200 characters that is safe on every disk. Different names have
 * different spellings; one that would be longer ends in `~` and a hash.
 */
export function fileNameOf(name: string): string {
  const encoded = encodeURIComponent(name)
    .replace(/[!'()*~]|^\.|\.$/g, percent)
    .replace(reserved, (device) => percent(device.charAt(0)) + device.slice(1));
  if (encoded.length <= longest) return encoded;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 32);
  return `${encoded.slice(0, 150).replace(/%.?$/, "")}~${hash}`;
}

/** Reads a file name back; undefined for a shortened name and for one that `fileNameOf` does not write. */
export function nameOf(fileName: string): string | undefined {
  try {
    const name = decodeURIComponent(fileName);
    return fileNameOf(name) === fileName ? name : undefined;
  } catch {
    return undefined;
  }
}

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
