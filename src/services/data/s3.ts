import { noUpdate } from "./handlers.ts";
import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const s3: Notes = {
  "AWS::S3::AccessGrant": { registry: { writeOnly: ["/S3PrefixType"] } },
  "AWS::S3::AccessGrantsLocation": { naturalKeys: [byKeys("LocationScope")] },
  "AWS::S3::Bucket": {
    replacement: { ObjectLockEnabled: "no" },
    registry: {
      writeOnly: [
        "/AccessControl",
        "/LifecycleConfiguration/Rules/*/ExpiredObjectDeleteMarker",
        "/LifecycleConfiguration/Rules/*/NoncurrentVersionExpirationInDays",
        "/LifecycleConfiguration/Rules/*/NoncurrentVersionTransition",
        "/LifecycleConfiguration/Rules/*/Transition",
        "/ReplicationConfiguration/Rules/*/Prefix",
      ],
    },
  },
  "AWS::S3::MultiRegionAccessPoint": { registry: { handlers: noUpdate } },
};
