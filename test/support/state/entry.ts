import type { Entry } from "../../../src/entry.ts";

/** A settled entry with nothing remarkable in it. */
export const entryOf = (id: string, more: Partial<Entry> = {}): Entry => ({
  version: 1,
  id,
  type: "AWS::S3::Bucket",
  home: { region: "eu-central-1", partition: "aws" },
  identifier: "bucket-1",
  status: "settled",
  desired: { BucketName: "bucket-1" },
  digests: {},
  live: { BucketName: "bucket-1", Arn: "arn:aws:s3:::bucket-1" },
  dependencies: [],
  updatedAt: "2026-01-02T03:04:05.678Z",
  ...more,
});
