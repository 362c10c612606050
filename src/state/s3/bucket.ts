/** One bucket, as a store stands on it. What fails is a ResourceError that names the object. */
export interface Bucket {
  /** What to call an object in messages, e.g. `s3://bucket/team/shop/dev/snapshot.json`. */
  nameOf(key: string): string;
  /** An object as it is now; undefined where there is none. */
  get(key: string): Promise<FoundObject | undefined>;
  /**
   * Writes an object where the condition holds, and gives the tag of what it wrote; undefined where it does not hold.
   * A request whose answer was lost is sent again, and is then refused because of what it has written itself: who meets
   * a refusal looks whether what is there is its own.
   */
  put(key: string, text: string, when: Condition): Promise<string | undefined>;
  /** Removes an object, absent is success; false where it has another tag than was told. */
  remove(key: string, tag?: string): Promise<boolean>;
  /** Removes objects, whatever they hold; absent is success. */
  removeAll(keys: readonly string[]): Promise<void>;
  /** All objects whose keys begin like this, in the order of their keys. */
  list(prefix: string): Promise<readonly ListedObject[]>;
  /** What stands between the prefix and the next `/` in the keys that begin with the prefix and have one. */
  folders(prefix: string): Promise<readonly string[]>;
}

/** What must be so for an object to be written: nothing, that there is none, or that it has this tag. */
export type Condition = "any" | "absent" | { readonly tag: string };

/** An object and the tag (ETag) that tells this content of it from every other. */
export interface FoundObject {
  readonly text: string;
  readonly tag: string;
}

export interface ListedObject {
  readonly key: string;
  readonly tag: string;
  /** In bytes. */
  readonly size: number;
  /** When it was written, in epoch ms by the clock of the bucket. */
  readonly writtenAt: number;
}
