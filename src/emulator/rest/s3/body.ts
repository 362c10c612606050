import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Incoming } from "../../doors/door.ts";
import { S3Refusal } from "./xml.ts";

/** The bytes of an object as they were sent, held against what the request says of them. */
export function objectIn(incoming: Incoming): Buffer {
  const { headers } = incoming;
  const hash = headers["x-amz-content-sha256"];
  const isChunked = typeof hash === "string" && hash.startsWith("STREAMING-");
  const bytes = isChunked ? joinChunks(incoming.bytes) : incoming.bytes;
  const expected: readonly (readonly [string, string])[] = [
    ["content-md5", createHash("md5").update(bytes).digest("base64")],
    ["x-amz-checksum-crc32", crc32Text(bytes)],
    ["x-amz-checksum-sha256", createHash("sha256").update(bytes).digest("base64")],
  ];
  for (const [name, digest] of expected)
    if (headers[name] !== undefined && headers[name] !== digest)
      throw new S3Refusal(["BadDigest", 400], `The ${name} you specified did not match what we received.`);
  const isSigned = typeof hash === "string" && /^[\da-f]{64}$/.test(hash);
  if (isSigned && createHash("sha256").update(bytes).digest("hex") !== hash)
    throw new S3Refusal(
      ["XAmzContentSHA256Mismatch", 400],
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  return bytes;
}

function crc32Text(bytes: Buffer): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum.toString("base64");
}

/** aws-chunked: `<hex length>[;extension]\r\n<bytes>\r\n` …, the last of length 0. */
function joinChunks(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf("\r\n", at);
    const length = parseInt(bytes.subarray(at, end < 0 ? at : end).toString("latin1"), 16);
    if (!Number.isInteger(length))
      throw new S3Refusal(["IncompleteBody", 400], "The request body terminated unexpectedly");
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
