import type { Cloud } from "../../cloud/cloud.ts";
import type { Incoming, Reply } from "../../doors/door.ts";
import type { Address } from "./address.ts";
import { S3Refusal, element, xmlReply } from "./xml.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html

const mostKeys = 1_000;

/** Lists a page of keys, and of what they have in common up to the delimiter. */
export function listObjects(cloud: Cloud, { bucket }: Address, { query }: Incoming): Reply {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : readToken(token);
  const size = Math.min(mostKeys, Number(query.get("max-keys") ?? mostKeys));
  const spell = query.get("encoding-type") === "url" ? encodeURIComponent : (text: string): string => text;
  const items = itemsIn(cloud, bucket, { prefix, delimiter }).filter(({ name }) => isBehind(name, after));
  const page = items.slice(0, size);
  const last = page.at(-1);
  const isTruncated = items.length > page.length;
  return xmlReply(
    "ListBucketResult",
    [
      element("Name", bucket),
      element("Prefix", spell(prefix)),
      ...(delimiter === "" ? [] : [element("Delimiter", spell(delimiter))]),
      element("MaxKeys", size),
      ...(query.get("encoding-type") === "url" ? [element("EncodingType", "url")] : []),
      element("KeyCount", page.length),
      element("IsTruncated", isTruncated),
      ...(isTruncated && last ? [element("NextContinuationToken", tokenOf(last.name))] : []),
      ...page.map((item) => item.write(spell)),
    ].join(""),
  );
}

interface Item {
  /** What pages go by. */
  readonly name: string;
  readonly write: (spell: (text: string) => string) => string;
}

interface Asked {
  readonly prefix: string;
  readonly delimiter: string;
}

function itemsIn(cloud: Cloud, bucket: string, { prefix, delimiter }: Asked): readonly Item[] {
  const folders = new Set<string>();
  const items: Item[] = [];
  for (const [key, { bytes, tag, writtenAt }] of cloud.objects.in(bucket)) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    if (folder === undefined) {
      const about = [
        element("LastModified", new Date(writtenAt).toISOString()),
        element("ETag", tag),
        element("Size", bytes.length),
        element("StorageClass", "STANDARD"),
      ];
      items.push({
        name: key,
        write: (spell) => `<Contents>${element("Key", spell(key))}${about.join("")}</Contents>`,
      });
    } else if (!folders.has(folder)) {
      folders.add(folder);
      items.push({
        name: folder,
        write: (spell) => `<CommonPrefixes>${element("Prefix", spell(folder))}</CommonPrefixes>`,
      });
    }
  }
  return items;
}

const isBehind = (name: string, after: string): boolean =>
  Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0;

const tokenOf = (name: string): string => Buffer.from(name).toString("base64");

function readToken(token: string): string {
  const name = Buffer.from(token, "base64").toString();
  if (tokenOf(name) === token) return name;
  throw new S3Refusal(["InvalidArgument", 400], "The continuation token provided is incorrect");
}
