import type { IncomingHttpHeaders } from "node:http";
import type { StoredObject } from "../../cloud/objects.ts";
import type { Settings } from "../../cloud/options.ts";
import { S3Refusal } from "./xml.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html

type Conditions = Pick<IncomingHttpHeaders, "if-match" | "if-none-match">;

export const noSuchKey = (key: string): S3Refusal =>
  new S3Refusal(["NoSuchKey", 404], "The specified key does not exist.", { members: { Key: key } });

const preconditionFailure = (condition: string): S3Refusal =>
  new S3Refusal(
    ["PreconditionFailed", 412],
    "At least one of the pre-conditions you specified did not hold",
    { members: { Condition: condition } },
  );

const isSame = (given: string, { tag }: StoredObject): boolean =>
  given === "*" || given.replaceAll('"', "") === tag.replaceAll('"', "");

const notImplemented = (): S3Refusal =>
  new S3Refusal(
    ["NotImplemented", 501],
    "A header you provided implies functionality that is not implemented",
  );

/** Refuses a write for which a condition does not hold. */
export function requireForWrite(
  { conditionalWrites }: Settings,
  headers: Conditions,
  { key, there }: { readonly key: string; readonly there: StoredObject | undefined },
): void {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (match === undefined && noneMatch === undefined) return;
  if (conditionalWrites === "ignore") return;
  if (conditionalWrites === "refuse" || (noneMatch !== undefined && noneMatch !== "*"))
    throw notImplemented();
  if (noneMatch !== undefined && there) throw preconditionFailure("If-None-Match");
  if (match === undefined) return;
  if (!there) throw noSuchKey(key);
  if (!isSame(match, there)) throw preconditionFailure("If-Match");
}

/** The same for a removal: what is not there is removed already. */
export function requireForRemoval(
  { conditionalWrites }: Settings,
  { "if-match": match }: Conditions,
  there: StoredObject | undefined,
): void {
  if (match === undefined || conditionalWrites === "ignore") return;
  if (conditionalWrites === "refuse") throw notImplemented();
  if (there && !isSame(match, there)) throw preconditionFailure("If-Match");
}

/** The same for a read, of which what has not changed is no refusal but 304. */
export function requireForRead(headers: Conditions, there: StoredObject): void {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (match !== undefined && !isSame(match, there)) throw preconditionFailure("If-Match");
  if (noneMatch !== undefined && isSame(noneMatch, there))
    throw new S3Refusal(["NotModified", 304], "", { headers: { etag: there.tag } });
}
