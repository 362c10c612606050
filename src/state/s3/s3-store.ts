import { UsageError } from "../../errors.ts";
import { type Json, parseExact } from "../../json.ts";
import { type OptionNames, requireKnownOptions } from "../../known-options.ts";
import { keyFile } from "../begin.ts";
import { historyFolder } from "../history/runs-on-disk.ts";
import { type KeyPlace, goneKey, keyIn, keyText } from "../key.ts";
import { keysOf } from "../keys.ts";
import { learnedFile } from "../learned.ts";
import { machineClock } from "../lock/clock.ts";
import type { Recorded } from "../log/ledger.ts";
import { nameOf } from "../name.ts";
import { type StoreOptions, storeOptions, termOf } from "../stage.ts";
import type { LearnedStore, StageName, StateStore } from "../store.ts";
import type { Bucket, ListedObject } from "./bucket.ts";
import { fenceSize, positionIn } from "./log-object.ts";
import { sdkBucket } from "./sdk-bucket.ts";
import { type Ground, openStage, recordedAt, unlockStage } from "./stage.ts";

/** Where a store lies in S3, and how it is reached. */
export interface S3StoreOptions extends StoreOptions {
  /** The name of the bucket. */
  readonly bucket: string;
  /** What the keys of the store begin with, e.g. `team/state`; nothing by default. */
  readonly prefix?: string | undefined;
  /** Where the bucket lies; by default what the AWS SDK finds (`AWS_REGION`, the profile's). */
  readonly region?: string | undefined;
  /** The profile of the AWS configuration files to ask as; by default what the AWS SDK finds. */
  readonly profile?: string | undefined;
  /** The URL of another S3 than Amazon's, e.g. an emulator's; by default `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string | undefined;
  /** The key of KMS (its id, ARN or alias) to encrypt objects by; by default S3's own (AES256). */
  readonly kmsKeyId?: string | undefined;
}

const s3StoreOptions: OptionNames<S3StoreOptions> = {
  ...storeOptions,
  bucket: true,
  prefix: true,
  region: true,
  profile: true,
  endpoint: true,
  kmsKeyId: true,
};

/**
 * Keeps entries in a bucket of S3 that a team and its CI share: one snapshot a stage, beside it the batches that a run
 * has recorded since. Needs `@aws-sdk/client-s3`, which is loaded with the first request, and a bucket that heeds
 * conditional writes. Nothing is asked before a stage is opened.
 */
export function s3Store(options: S3StoreOptions): StateStore {
  requireKnownOptions("s3Store()", options, s3StoreOptions);
  const { bucket, region, profile, endpoint, kmsKeyId } = options;
  requireBucketName(bucket);
  const prefix = prefixOf(options.prefix);
  const store = storeInBucket(sdkBucket({ bucket, region, profile, endpoint, kmsKeyId }), prefix, options);
  return { ...store, place: [endpoint ?? "", bucket, prefix].join(" ") };
}

/** Builds a store over a bucket, real or not. */
export function storeInBucket(bucket: Bucket, prefix: string, options: StoreOptions = {}): StateStore {
  const { key: given, lockClock: clock = machineClock } = options;
  const termMs = termOf(options);
  const stages = async (): Promise<readonly StageName[]> => stagesIn(await bucket.list(prefix), prefix);
  async function* all(): AsyncGenerator<Recorded["entries"]> {
    for (const { app, stage } of await stages()) yield await recordedAt(ground, app, stage);
  }
  const place = keyObject(bucket, prefix + keyFile);
  const keys = keysOf({ place, given, all });
  const ground: Ground = { bucket, prefix, clock, termMs, keys, isProven: false, alone: new Map() };
  return {
    open: (app, stage) => openStage(ground, app, stage),
    unlock: (app, stage) => unlockStage(ground, app, stage),
    stages,
    stagesWithRuns: async () => stagesWithRunsIn(await bucket.list(prefix), prefix),
    ownKey: given === undefined ? place : undefined,
    learned: learnedObject(bucket, prefix + learnedFile),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and ARNs of access points. */
function requireBucketName(name: unknown): void {
  if (typeof name === "string" && /^(?:[a-zA-Z0-9][\w.-]{1,253}[a-zA-Z0-9]|arn:.+)$/.test(name)) return;
  throw new UsageError(
    `s3Store() takes the name of a bucket, such as "our-state"; given was ${JSON.stringify(name) ?? typeof name}`,
  );
}

/** Names of apps and stages follow it, and a key has 1,024 bytes at most. */
const longestPrefix = 500;

function prefixOf(given: string | undefined): string {
  if (given === undefined || given === "") return "";
  if (typeof given !== "string" || Buffer.byteLength(given) > longestPrefix)
    throw new UsageError(`prefix of s3Store() takes text of at most ${longestPrefix} bytes`);
  const bare = given.replace(/^\/+|\/+$/g, "");
  return bare === "" ? "" : `${bare}/`;
}

/** Bytes of a snapshot in which an entry may be: one without any is shorter, and an entry is longer. */
const emptySize = 200;

/** The stages of which objects tell that something is recorded. */
function stagesIn(objects: readonly ListedObject[], prefix: string): readonly StageName[] {
  const found = new Map<string, StageName>();
  for (const { key, size } of objects) {
    const [app = "", stage = "", ...rest] = key.slice(prefix.length).split("/");
    const name = rest.join("/");
    const isUsed =
      name === "snapshot.json" ? size > emptySize : positionIn(name) !== undefined && size > fenceSize;
    const [appName, stageName] = [nameOf(app), nameOf(stage)];
    if (!isUsed || appName === undefined || stageName === undefined) continue;
    found.set(`${app}/${stage}`, { app: appName, stage: stageName });
  }
  return [...found.values()].toSorted((a, b) => `${a.app}/${a.stage}`.localeCompare(`${b.app}/${b.stage}`));
}

/** The stages that runs have left records of. */
function stagesWithRunsIn(objects: readonly ListedObject[], prefix: string): readonly StageName[] {
  const found = new Map<string, StageName>();
  for (const { key } of objects) {
    const [app = "", stage = "", folder] = key.slice(prefix.length).split("/");
    const [appName, stageName] = [nameOf(app), nameOf(stage)];
    if (folder === historyFolder && appName !== undefined && stageName !== undefined)
      found.set(`${app}/${stage}`, { app: appName, stage: stageName });
  }
  return [...found.values()];
}

const keyObject = (bucket: Bucket, key: string): KeyPlace => {
  const path = bucket.nameOf(key);
  const find = async (): Promise<Uint8Array | undefined> => {
    const found = await bucket.get(key);
    return found && keyIn(found.text, path);
  };
  const make = async (text: string): Promise<Uint8Array> => {
    await bucket.put(key, text, "absent");
    const made = await find();
    if (made) return made;
    throw goneKey(path);
  };
  return {
    path,
    exists: async () => (await bucket.get(key)) !== undefined,
    find,
    make: () => make(keyText()),
    keep: (given) => make(keyText(given)),
  };
};

const learnedObject = (bucket: Bucket, key: string): LearnedStore => ({
  async read(): Promise<Json | undefined> {
    const found = await bucket.get(key);
    return found && parseExact(found.text);
  },
  async write(value) {
    await bucket.put(key, `${JSON.stringify(value)}\n`, "any");
  },
});
