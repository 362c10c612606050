/** An object of a bucket. */
export interface StoredObject {
  readonly bytes: Buffer;
  /** Its ETag, quotes included. */
  readonly tag: string;
  /** Epoch ms. */
  readonly writtenAt: number;
  /** What is answered with it: its kind, how it is encrypted, what its owner noted of it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The objects of each bucket, by key. */
export interface Objects {
  /** Those of a bucket, in the order of their keys' bytes. */
  in(bucket: string): readonly (readonly [key: string, object: StoredObject])[];
  find(bucket: string, key: string): StoredObject | undefined;
  place(bucket: string, key: string, object: StoredObject): void;
  take(bucket: string, key: string): void;
  /** All of them as JSON can keep them. */
  kept(): readonly KeptObject[];
}

/** An object in a data file. */
export interface KeptObject extends Omit<StoredObject, "bytes"> {
  readonly bucket: string;
  readonly key: string;
  /** Its bytes as base64. */
  readonly base64: string;
}

/** Opens the shelves, with what a data file has kept; `changed` is told of every write. */
export function openObjects(kept: readonly KeptObject[], changed: () => void): Objects {
  const shelves = new Map<string, Map<string, StoredObject>>();
  const shelfOf = (bucket: string): Map<string, StoredObject> => {
    const shelf = shelves.get(bucket) ?? new Map<string, StoredObject>();
    shelves.set(bucket, shelf);
    return shelf;
  };
  for (const { bucket, key, base64, ...rest } of kept)
    shelfOf(bucket).set(key, { ...rest, bytes: Buffer.from(base64, "base64") });
  return {
    in: (bucket) =>
      [...shelfOf(bucket)].toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    find: (bucket, key) => shelfOf(bucket).get(key),
    place(bucket, key, object) {
      shelfOf(bucket).set(key, object);
      changed();
    },
    take(bucket, key) {
      if (shelfOf(bucket).delete(key)) changed();
    },
    kept: () =>
      [...shelves].flatMap(([bucket, shelf]) =>
        [...shelf].map(([key, { bytes, ...rest }]) => ({
          bucket,
          key,
          ...rest,
          base64: bytes.toString("base64"),
        })),
      ),
  };
}
