import { createHash, randomBytes } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { isList, isProps } from "../../../json.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import type { StoredObject } from "../../cloud/objects.ts";
import type { Incoming, Reply } from "../../doors/door.ts";
import type { Address } from "./address.ts";
import { objectIn } from "./body.ts";
import { noSuchKey, requireForRead, requireForRemoval, requireForWrite } from "./conditions.ts";
import { S3Refusal, element, emptyReply, xmlReply } from "./xml.ts";

const longestKey = 1_024;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function putObject(cloud: Cloud, { bucket, key }: Address, incoming: Incoming): Reply {
  if (Buffer.byteLength(key) > longestKey)
    throw new S3Refusal(["KeyTooLongError", 400], "Your key is too long");
  const bytes = objectIn(incoming);
  requireForWrite(cloud.settings, incoming.headers, { key, there: cloud.objects.find(bucket, key) });
  const headers = keptHeaders(incoming);
  const isKms = headers["x-amz-server-side-encryption"]?.startsWith("aws:kms") === true;
  const digest = isKms ? randomBytes(16).toString("hex") : createHash("md5").update(bytes).digest("hex");
  const tag = `"${digest}"`;
  cloud.objects.place(bucket, key, { bytes, tag, writtenAt: cloud.settings.now(), headers });
  return emptyReply(200, { etag: tag, ...encryptionIn(headers) });
}

/** What S3 keeps of the headers of a write, and encrypts by where nothing is said. */
function keptHeaders({ headers }: Incoming): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" &&
    /^(?:content-type$|cache-control$|x-amz-meta-|x-amz-server-side-encryption)/.test(name)
      ? [[name, value] as const]
      : [],
  );
  return {
    "x-amz-server-side-encryption": "AES256",
    "content-type": "binary/octet-stream",
    ...Object.fromEntries(kept),
  };
}

const encryptionIn = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith("x-amz-server-side-encryption")),
  );

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, and HeadObject: its headers alone. */
export function getObject(cloud: Cloud, address: Address, incoming: Incoming): Reply {
  const there = requireObject(cloud, address);
  requireForRead(incoming.headers, there);
  const { bytes, tag, writtenAt, headers } = there;
  return {
    status: 200,
    headers: {
      ...headers,
      etag: tag,
      "last-modified": new Date(writtenAt).toUTCString(),
      "accept-ranges": "bytes",
      "content-length": String(bytes.length),
    },
    text: incoming.method === "HEAD" ? "" : bytes,
  };
}

/** Who may not list is not told that something is not there. */
function requireObject({ objects, settings }: Cloud, { bucket, key }: Address): StoredObject {
  const there = objects.find(bucket, key);
  if (there) return there;
  if (settings.denies("s3:ListBucket")) throw new S3Refusal(["AccessDenied", 403], "Access Denied");
  throw noSuchKey(key);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObject(cloud: Cloud, { bucket, key }: Address, { headers }: Incoming): Reply {
  requireForRemoval(cloud.settings, headers, cloud.objects.find(bucket, key));
  cloud.objects.take(bucket, key);
  return emptyReply(204);
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === "Object",
});

const mostDeleted = 1_000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export function deleteObjects(cloud: Cloud, { bucket }: Address, incoming: Incoming): Reply {
  const document: unknown = parser.parse(objectIn(incoming).toString());
  const asked = isProps(document) && isProps(document["Delete"]) ? document["Delete"] : {};
  const objects = isList(asked["Object"]) ? asked["Object"] : [];
  const keys = objects.flatMap((one) => (isProps(one) && typeof one["Key"] === "string" ? [one["Key"]] : []));
  if (keys.length === 0 || keys.length > mostDeleted || keys.length !== objects.length)
    throw new S3Refusal(
      ["MalformedXML", 400],
      "The XML you provided was not well-formed or did not validate",
    );
  for (const key of keys) cloud.objects.take(bucket, key);
  const said =
    asked["Quiet"] === "true" ? [] : keys.map((key) => `<Deleted>${element("Key", key)}</Deleted>`);
  return xmlReply("DeleteResult", said.join(""));
}
