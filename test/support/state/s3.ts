import { afterAll } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import { type S3StoreOptions, s3Store } from "../../../src/state/index.ts";
import type { StoreOptions } from "../../../src/state/stage.ts";
import type { StateStore } from "../../../src/state/store.ts";

/** The name of the bucket that these tests keep state in. */
export const bucketName = "our-state";

/** An emulated S3 with a bucket in it. */
export interface S3World {
  readonly emulator: Emulator;
  /** A store in the bucket, below a prefix of its own unless one is told. */
  readonly store: (options?: Partial<S3StoreOptions>) => StateStore;
  /** How many calls of S3 have arrived, by API. */
  readonly calls: () => Readonly<Record<string, number>>;
}

let stores = 0;

/** Starts one, which ends with the file's tests. */
export async function startS3(options: EmulatorOptions = {}): Promise<S3World> {
  const emulator = await startEmulator(options);
  afterAll(() => emulator.close());
  emulator.put("AWS::S3::Bucket", { BucketName: bucketName });
  return {
    emulator,
    store: (more) => storeIn(emulator.url, more),
    calls: () => {
      const counts: Record<string, number> = {};
      for (const { api } of emulator.calls)
        if (api.startsWith("s3:")) counts[api.slice(3)] = (counts[api.slice(3)] ?? 0) + 1;
      return counts;
    },
  };
}

/** A store in the bucket at an endpoint. */
export const storeIn = (endpoint: string, options: Partial<S3StoreOptions> & StoreOptions = {}): StateStore =>
  s3Store({ bucket: bucketName, prefix: `test-${stores++}`, endpoint, region: "us-east-1", ...options });
