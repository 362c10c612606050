import { ResourceError, isOfCaller } from "../../errors.ts";
import { failureOf } from "../../wire/failure.ts";

/** What was asked of a bucket. */
export interface Asked {
  readonly bucket: string;
  /** The object, or the objects that begin so. */
  readonly key: string;
  /** The operation, which is the permission that it needs as well, but for a list. */
  readonly api: "GetObject" | "PutObject" | "DeleteObject" | "ListObjectsV2";
}

/** The parts of an SDK error that tell why S3 refused. */
interface Refusal {
  readonly name?: unknown;
  readonly Region?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

const refusalIn = (thrown: unknown): Refusal => (typeof thrown === "object" && thrown !== null ? thrown : {});

/** The status of an answer that refused. */
export const statusOf = (thrown: unknown): number | undefined => refusalIn(thrown).$metadata?.httpStatusCode;

/** Tells whether there is no such object: what S3 says of a bucket that is not there is another thing. */
export const isAbsent = (thrown: unknown): boolean =>
  statusOf(thrown) === 404 && refusalIn(thrown).name !== "NoSuchBucket";

/**
 * Reads what a request threw. What may pass is worth another try as it is: also that two conditional writes met (409),
 * of which nobody can say which was first.
 */
export function readFailure(thrown: unknown): ResourceError {
  if (refusalIn(thrown).name === "ConditionalRequestConflict")
    return new ResourceError("UNAVAILABLE", "another write of the same object was under way", {
      cause: thrown,
    });
  // A status of 501 is no passing trouble.
  if (refusalIn(thrown).name === "NotImplemented")
    return new ResourceError("INVALID_REQUEST", "the bucket does not know what was asked", { cause: thrown });
  return failureOf(thrown);
}

/** Says what has become of a store when a request to its bucket has failed for good. */
export function storeFailure(cause: ResourceError, asked: Asked): ResourceError {
  const what = `${nameOfObject(asked)} cannot be ${verbOf(asked)}`;
  // Who asks is refused whatever it asks for, and is told so whoever asks.
  if (isOfCaller(cause)) return new ResourceError(cause.code, `${what}: ${cause.what}`, { cause });
  const { why, advice } = reasonOf(cause, asked);
  const code = isRead(asked) ? "STATE_UNREADABLE" : "STATE_UNWRITABLE";
  return new ResourceError(code, `${what}: ${why}`, { advice, cause, requestId: cause.requestId });
}

/** Names an object. */
export const nameOfObject = ({ bucket, key }: Pick<Asked, "bucket" | "key">): string =>
  `s3://${bucket}/${key}`;

const isRead = ({ api }: Asked): boolean => api === "GetObject" || api === "ListObjectsV2";

const verbOf = ({ api }: Asked): string =>
  ({ GetObject: "read", ListObjectsV2: "listed", PutObject: "written", DeleteObject: "removed" })[api];

interface Reason {
  readonly why: string;
  readonly advice: string;
}

function reasonOf(cause: ResourceError, asked: Asked): Reason {
  const { bucket } = asked;
  const refusal = refusalIn(cause.cause);
  const status = statusOf(cause.cause);
  if (refusal.name === "NoSuchBucket")
    return {
      why: `there is no bucket ${bucket}`,
      advice: `Correct the name, or make it: npx await-aws state init s3://${bucket}.`,
    };
  const region = regionOf(refusal);
  if (status === 301 || status === 307 || refusal.name === "AuthorizationHeaderMalformed")
    return {
      why: `the bucket ${bucket} lies in ${region ?? "another region"}`,
      advice: `Name its region: s3://${bucket}?region=${region ?? "<region>"}, or region of s3Store().`,
    };
  if (refusal.name === "NotImplemented") return unconditional(bucket);
  if (cause.code === "ACCESS_DENIED") return denialOf(cause, asked);
  const safe = isRead(asked) ? "" : " What was promised before is safe.";
  return { why: cause.what, advice: `${cause.advice}${safe}` };
}

/** Where a bucket lies, of which S3 says only that it is elsewhere. */
function regionOf({ Region: named, $response: response }: Refusal): string | undefined {
  return response?.headers?.["x-amz-bucket-region"] ?? (typeof named === "string" ? named : undefined);
}

function denialOf({ what }: ResourceError, { api, bucket, key }: Asked): Reason {
  const action = api === "ListObjectsV2" ? "s3:ListBucket" : `s3:${api}`;
  const resource = api === "ListObjectsV2" ? bucket : `${bucket}/${key}`;
  const also =
    api === "GetObject"
      ? " Without s3:ListBucket S3 says so of an object that is not there, too."
      : api === "PutObject"
        ? " A bucket that encrypts with a key of KMS needs kms:GenerateDataKey and kms:Decrypt of it as well."
        : "";
  return { why: what, advice: `Grant the caller ${action} on arn:aws:s3:::${resource}.${also}` };
}

/** Of a bucket in which two runs could both make the same object. */
export function unconditional(bucket: string): Reason {
  return {
    why: `${bucket} does not heed If-None-Match and If-Match: two runs could overwrite each other there`,
    advice:
      "Keep state in a bucket that does, as those of Amazon S3 do; an S3 of another make may need a newer version.",
  };
}
