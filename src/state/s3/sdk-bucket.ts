import type { S3Client } from "@aws-sdk/client-s3";
import { ResourceError } from "../../errors.ts";
import { type ApiClient, clientOptions, openApiClient } from "../../wire/client.ts";
import { systemClock } from "../../wire/clock.ts";
import type { Bucket, Condition, ListedObject } from "./bucket.ts";
import { type Asked, isAbsent, nameOfObject, readFailure, statusOf, storeFailure } from "./failure.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html: a condition that does not hold is
// 412; two writes that met are 409, to be sent again; If-Match on what is not there is 404.

/** Which bucket, and how it is reached. */
export interface BucketPlace {
  readonly bucket: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint?: string | undefined;
  /** The key of KMS by which objects are encrypted; by one of S3 without it. */
  readonly kmsKeyId?: string | undefined;
}

type Sdk = typeof import("@aws-sdk/client-s3");

interface OpenClient {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

/** What a request is made with. */
interface Line extends OpenClient {
  readonly cut: { readonly abortSignal: AbortSignal };
}

/** Requests in flight at a time: a stage's logs are read all at once. */
const concurrency = 50;

/** How many objects one request removes at most. */
const mostRemoved = 1_000;

/** Reaches a bucket through the SDK, which is loaded with the first request. */
export function sdkBucket(place: BucketPlace): Bucket {
  const { bucket } = place;
  const send = sendTo(place);
  return {
    nameOf: (key) => nameOfObject({ bucket, key }),
    get: (key) =>
      send({ api: "GetObject", key }, ({ sdk, client, cut }) =>
        unless(isAbsent, async () => {
          const { Body, ETag } = await client.send(
            new sdk.GetObjectCommand({ Bucket: bucket, Key: key }),
            cut,
          );
          return { text: (await Body?.transformToString()) ?? "", tag: ETag ?? "" };
        }),
      ),
    put: (key, text, when) =>
      send({ api: "PutObject", key }, ({ sdk, client, cut }) =>
        unless(isRefused(when), async () => {
          const input = { Bucket: bucket, Key: key, Body: text, ContentType, ...encryptionOf(place) };
          const command = new sdk.PutObjectCommand({ ...input, ...conditionOf(when) });
          return (await client.send(command, cut)).ETag ?? "";
        }),
      ),
    remove: async (key, tag) => {
      const when = tag === undefined ? "any" : { tag };
      const input = { Bucket: bucket, Key: key, ...conditionOf(when) };
      const done = await send({ api: "DeleteObject", key }, ({ sdk, client, cut }) =>
        unless(isRefused(when), () => client.send(new sdk.DeleteObjectCommand(input), cut)),
      );
      return done !== undefined;
    },
    removeAll: async (keys) => {
      for (let at = 0; at < keys.length; at += mostRemoved)
        await removeSome(send, bucket, keys.slice(at, at + mostRemoved));
    },
    list: async (prefix) => (await listAll(send, { Bucket: bucket, Prefix: prefix })).objects,
    folders: async (prefix) =>
      (await listAll(send, { Bucket: bucket, Prefix: prefix, Delimiter: "/" })).folders,
  };
}

/** Sends requests to a bucket; what fails for good says what has become of the store. */
function sendTo(place: BucketPlace): Send {
  const { bucket } = place;
  const out: ApiClient = openApiClient({ clock: systemClock, concurrency });
  let opening: Promise<OpenClient> | undefined;
  return async (asked, request) => {
    const attempt = async (abortSignal: AbortSignal): ReturnType<typeof request> => {
      try {
        return await request({ ...(await (opening ??= openClient(place))), cut: { abortSignal } });
      } catch (thrown) {
        throw readFailure(thrown);
      }
    };
    try {
      // A run that is stopped still records what is under way.
      return await out.settle(asked.api, attempt);
    } catch (error) {
      throw storeFailure(readFailure(error), { ...asked, bucket });
    }
  };
}

const ContentType = "text/plain; charset=utf-8";

const encryptionOf = ({ kmsKeyId }: BucketPlace): Encryption =>
  kmsKeyId === undefined
    ? { ServerSideEncryption: "AES256" }
    : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true };

interface Encryption {
  readonly ServerSideEncryption: "AES256" | "aws:kms";
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
}

type Send = <T>(asked: Omit<Asked, "bucket">, request: (line: Line) => Promise<T>) => Promise<T>;

/** The client is a peer that only who keeps state in S3 installs. */
async function openClient(place: BucketPlace): Promise<OpenClient> {
  const sdk = await import("@aws-sdk/client-s3").catch((cause: unknown) => {
    throw new ResourceError(
      "VALIDATION",
      "state is to be kept in S3, and Amazon S3's client is not installed",
      {
        advice: "Run npm install @aws-sdk/client-s3.",
        cause,
      },
    );
  });
  const { region, profile, endpoint = endpointOfEnvironment() } = place;
  const options = clientOptions({ region, profile, endpoint }, { clock: systemClock, concurrency });
  // Elsewhere than at AWS a bucket's name is rarely one of a host.
  const forcePathStyle = endpoint !== undefined && !/\.amazonaws\.com(?:\.cn)?(?::\d+)?\/?$/.test(endpoint);
  return { sdk, client: new sdk.S3Client({ ...options, forcePathStyle }) };
}

/** As the SDK would find it; read here to know how a bucket is to be addressed there. */
const endpointOfEnvironment = (): string | undefined =>
  process.env["AWS_ENDPOINT_URL_S3"] || process.env["AWS_ENDPOINT_URL"] || undefined;

function conditionOf(when: Condition): { readonly IfMatch?: string; readonly IfNoneMatch?: string } {
  if (when === "any") return {};
  return when === "absent" ? { IfNoneMatch: "*" } : { IfMatch: when.tag };
}

/** Tells whether S3 did nothing because the condition does not hold. */
const isRefused =
  (when: Condition) =>
  (thrown: unknown): boolean =>
    statusOf(thrown) === 412 || (typeof when === "object" && isAbsent(thrown));

async function unless<T>(is: (thrown: unknown) => boolean, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (is(thrown)) return undefined;
    throw thrown;
  }
}

async function removeSome(send: Send, Bucket: string, keys: readonly string[]): Promise<void> {
  const [key = ""] = keys;
  await send({ api: "DeleteObject", key }, async ({ sdk, client, cut }) => {
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
    const { Errors = [] } = await client.send(new sdk.DeleteObjectsCommand({ Bucket, Delete }), cut);
    const [first] = Errors;
    // What of one request was refused stands in its answer, which is a success.
    if (first) throw Object.assign(new Error(first.Message), { name: first.Code, $fault: "client" });
  });
}

interface Listed {
  readonly objects: readonly ListedObject[];
  readonly folders: readonly string[];
}

interface ListQuery {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly Delimiter?: string;
}

async function listAll(send: Send, query: ListQuery): Promise<Listed> {
  const objects: ListedObject[] = [];
  const folders: string[] = [];
  let next: string | undefined;
  do {
    const ContinuationToken = next;
    const page = await send({ api: "ListObjectsV2", key: query.Prefix }, ({ sdk, client, cut }) =>
      client.send(new sdk.ListObjectsV2Command({ ...query, ContinuationToken }), cut),
    );
    for (const { Key = "", ETag = "", Size = 0, LastModified } of page.Contents ?? [])
      objects.push({ key: Key, tag: ETag, size: Size, writtenAt: LastModified?.getTime() ?? 0 });
    for (const { Prefix = "" } of page.CommonPrefixes ?? [])
      folders.push(Prefix.slice(query.Prefix.length, -1));
    next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (next !== undefined);
  return { objects, folders };
}
