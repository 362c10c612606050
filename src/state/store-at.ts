import { UsageError } from "../errors.ts";
import { requireKnownOptions } from "../known-options.ts";
import { jsonFileStore } from "./json-file.ts";
import { type S3StoreOptions, s3Store } from "./s3/s3-store.ts";
import type { StateStore } from "./store.ts";

/** Tells whether a text names a store in S3 rather than a folder. */
export const isS3Url = (place: string): boolean => /^s3:\/\//i.test(place);

/** The store that a text names: `s3://bucket/prefix?region=…`, else a folder of JSON files. */
export function storeAt(place: string, key?: string): StateStore {
  if (!isS3Url(place)) return jsonFileStore(folderAt(place), { key });
  const way = JSON.stringify([place, key, ...reachedBy.map((name) => process.env[name])]);
  const known = opened.get(way) ?? s3Store({ ...s3PlaceIn(place), key });
  opened.set(way, known);
  return known;
}

/** Stores in S3 by what they are reached by: whoever names one again goes on with its connections. */
const opened = new Map<string, StateStore>();

const reachedBy = ["AWS_PROFILE", "AWS_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"];

/** Refuses what names neither, and would be the name of a folder that nobody meant. */
function folderAt(place: string): string {
  const [scheme] = /^[a-z][a-z\d+.-]+:\/\//i.exec(place) ?? [];
  if (scheme === undefined) return place;
  throw new UsageError(
    `state is kept in a folder or in s3://bucket/prefix; ${JSON.stringify(place)} begins with ${scheme}`,
  );
}

/** What a URL may say of a bucket after its `?`. */
const said = { region: true, profile: true, endpoint: true, kmsKeyId: true } as const;

/** Reads `s3://bucket/prefix?region=…&profile=…&endpoint=…&kmsKeyId=…`. */
export function s3PlaceIn(place: string): S3StoreOptions {
  const [, bucket = "", path = "", query = ""] = /^s3:\/\/([^/?#]*)\/?([^?#]*)\??(.*)$/i.exec(place) ?? [];
  if (bucket === "")
    throw new UsageError(`${JSON.stringify(place)} names no bucket: state in S3 is s3://bucket/prefix`);
  const options = Object.fromEntries(new URLSearchParams(query));
  requireKnownOptions(JSON.stringify(place), options, said);
  return { bucket, prefix: decode(path), ...options };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
