import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const kms: Notes = {
  "AWS::KMS::Key": {
    registry: {
      writeOnly: ["/BypassPolicyLockoutSafetyCheck", "/PendingWindowInDays", "/RotationPeriodInDays"],
    },
  },
  // A primary key has at most one replica in a region.
  "AWS::KMS::ReplicaKey": {
    naturalKeys: [byKeys("PrimaryKeyArn")],
    registry: { writeOnly: ["/PendingWindowInDays"] },
  },
};
