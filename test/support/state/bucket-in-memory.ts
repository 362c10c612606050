import type { Bucket, Condition, FoundObject } from "../../../src/state/s3/bucket.ts";

/** A bucket in memory, as honest about conditions as S3. */
export interface BucketInMemory extends Bucket {
  readonly objects: Map<string, FoundObject & { readonly writtenAt: number }>;
  /** What its clock says of the next write, in epoch ms. */
  now: number;
}

/** Makes one, empty. */
export function bucketInMemory(): BucketInMemory {
  const objects: BucketInMemory["objects"] = new Map();
  let writes = 0;
  const holds = (key: string, when: Condition): boolean =>
    when === "any" || (when === "absent" ? !objects.has(key) : objects.get(key)?.tag === when.tag);
  const bucket: BucketInMemory = {
    objects,
    now: 0,
    nameOf: (key) => `s3://memory/${key}`,
    get: async (key) => objects.get(key),
    async put(key, text, when) {
      if (!holds(key, when)) return undefined;
      const tag = `"${(writes += 1)}"`;
      objects.set(key, { text, tag, writtenAt: bucket.now });
      return tag;
    },
    async remove(key, tag) {
      if (tag !== undefined && objects.has(key) && objects.get(key)?.tag !== tag) return false;
      objects.delete(key);
      return true;
    },
    async removeAll(keys) {
      for (const key of keys) objects.delete(key);
    },
    list: async (prefix) =>
      [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { text, tag, writtenAt }]) => ({ key, tag, writtenAt, size: Buffer.byteLength(text) }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    folders: async (prefix) => {
      const within = [...objects.keys()].filter((key) => key.startsWith(prefix));
      return [...new Set(within.flatMap((key) => /^([^/]*)\//.exec(key.slice(prefix.length))?.[1] ?? []))];
    },
  };
  return bucket;
}
