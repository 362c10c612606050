import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const kms: Notes = {
  "AWS::KMS::Key": {
    registry: {
      writeOnly: ["/BypassPolicyLockoutSafetyCheck", "/PendingWindowInDays", "/RotationPeriodInDays"],
    },
  },
  "AWS::KMS::ReplicaKey": { registry: { writeOnly: ["/PendingWindowInDays"] } },
};
