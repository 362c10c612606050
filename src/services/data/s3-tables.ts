import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ */
export const s3Tables: Notes = {
  "AWS::S3Tables::Table": {
    naturalKeys: [belowParent("TableBucketARN", "Namespace", "TableName")],
    listNeeds: ["TableBucketARN"],
  },
  "AWS::S3Tables::TableBucket": { naturalKeys: [byKeys("TableBucketName")] },
};
