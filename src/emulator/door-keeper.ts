import type { IncomingMessage } from "node:http";
import { isForS3 } from "./cloud/realm.ts";

// A page in a browser may send requests to loopback, under a name of its own that it lets point there (DNS rebinding).
const ours =
  /^(?:localhost|[\w-]+(?:\.[\w-]+)*\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|host\.docker\.internal)$/i;

/** Says why a request is not let in: it came under a name of somebody else, or from a page of somebody else. */
export function refusedAtTheDoor({ headers: { host, origin } }: IncomingMessage): string | undefined {
  if (host === undefined || !ours.test(hostIn(`http://${host}`)))
    return `the emulator answers on loopback alone, not as ${host ?? "nobody"}`;
  if (origin === undefined || ours.test(hostIn(origin))) return undefined;
  return `the emulator answers no page of ${origin}`;
}

const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : "");

/** Bytes of a body: far beyond what any control plane takes, and of an object as many as a test may need. */
const longest = 8 * 1024 * 1024;
const longestObject = 64 * 1024 * 1024;

/** Reads a body; undefined where it is too long. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const most = isForS3(request.headers.authorization) ? longestObject : longest;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > most) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
