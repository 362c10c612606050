import type { Command } from "commander";
import { resourceFunction } from "../aws/resource-function.ts";
import { UsageError, isResourceError } from "../errors.ts";
import type { Report } from "../events.ts";
import { type Props, isProps } from "../json.ts";
import { isS3Url, s3PlaceIn } from "../state/store-at.ts";
import { memoryStore } from "../state/memory.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { withEnvironment } from "./environment.ts";
import { tellFailure } from "./failing.ts";
import { type RunFlags, addPlaceFlags } from "./run-flags.ts";
import { run } from "./running.ts";

interface InitFlags extends RunFlags {
  readonly kmsKey?: string;
  readonly yes?: true;
}

/** `await-aws state init`: makes a bucket, or makes one right that is there, for a team's state. */
export function addInit(state: Command): void {
  addPlaceFlags(state.command("init").argument("<url>", "s3://bucket or s3://bucket/prefix"))
    .description("Make a bucket right for state: made where it is missing, versioned, closed, encrypted.")
    .option("--kms-key <id>", "encrypt by this key of KMS rather than by S3's own")
    .option("-q, --quiet", "show no progress")
    .option(...yesFlag)
    .action(
      tellFailure(async (url: string, flags: InitFlags) => {
        if (!isS3Url(url)) throw new UsageError(`state init takes s3://bucket, not ${JSON.stringify(url)}`);
        const { bucket, region, profile, endpoint, kmsKeyId } = s3PlaceIn(url);
        const told: InitFlags = {
          ...(region !== undefined && { region }),
          ...(profile !== undefined && { profile }),
          ...(endpoint !== undefined && { endpoint }),
          ...flags,
        };
        withEnvironment(told);
        const question = `Make the bucket ${bucket} ready for state: versioned, closed to the public, encrypted?`;
        if (!(await isAgreed(question, flags))) return;
        await run({
          name: "state",
          flags: told,
          program: () => readyBucket(bucket, flags.kmsKey ?? kmsKeyId),
          // The bucket that holds the state of others has none itself: what is there is taken as it is found.
          options: { phase: "deploy", store: memoryStore() },
          text: (report) => initText(report, url),
          isResult: true,
        });
      }),
    );
}

const bucketFunction = resourceFunction<Props, Props, string>("AWS::S3::Bucket");

async function readyBucket(bucket: string, kmsKey: string | undefined): Promise<void> {
  const live = await liveOf(bucket);
  await bucketFunction(bucket, {
    BucketName: bucket,
    VersioningConfiguration: { Status: "Enabled" },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    ...encryptionFor(live, kmsKey),
    // Every heartbeat of a lock is a version; what a bucket does with others' objects is its owner's to say.
    ...(live === undefined && { LifecycleConfiguration: lifecycle }),
    adopt: true,
  });
}

async function liveOf(bucket: string): Promise<Props | undefined> {
  try {
    return await bucketFunction.get(bucket);
  } catch (error) {
    if (isResourceError(error) && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}

/** How the bucket encrypts stays as it is where its owner has said so and nothing else is asked. */
function encryptionFor(live: Props | undefined, kmsKey: string | undefined): Props {
  if (kmsKey === undefined && isProps(live?.["BucketEncryption"])) return {};
  const by =
    kmsKey === undefined ? { SSEAlgorithm: "AES256" } : { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKey };
  const rule = { ServerSideEncryptionByDefault: by, ...(kmsKey !== undefined && { BucketKeyEnabled: true }) };
  return { BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } };
}

const lifecycle = {
  Rules: [
    {
      Id: "await-aws-old-versions",
      Status: "Enabled",
      Prefix: "",
      NoncurrentVersionExpiration: { NoncurrentDays: 90 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ],
};

function initText({ changes }: Report, url: string): string {
  const [change] = changes;
  if (change?.error) return `${change.id}: ${change.error.message}`;
  const done = { create: "was made", adopt: "is ready" }[String(change?.move)] ?? "is ready";
  return `${change?.id} ${done}. Keep state there: --store ${url}, or AWAIT_AWS_STATE=${url}.`;
}
