import type { Notes } from "../note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const dynamoDb: Notes = {
  "AWS::DynamoDB::GlobalTable": {
    replacement: { KeySchema: "maybe", LocalSecondaryIndexes: "maybe", GlobalTableSourceArn: "maybe" },
    registry: {
      writeOnly: [
        "/GlobalSecondaryIndexes/*/WriteProvisionedThroughputSettings/WriteCapacityAutoScalingSettings/SeedCapacity",
        "/GlobalTableSourceArn",
        "/Replicas/*/GlobalSecondaryIndexes/*/ReadProvisionedThroughputSettings/ReadCapacityAutoScalingSettings/SeedCapacity",
        "/Replicas/*/ReadProvisionedThroughputSettings/ReadCapacityAutoScalingSettings/SeedCapacity",
        "/WriteProvisionedThroughputSettings/WriteCapacityAutoScalingSettings/SeedCapacity",
      ],
    },
  },
  "AWS::DynamoDB::Table": {
    replacement: { KeySchema: "maybe" },
    registry: { writeOnly: ["/ImportSourceSpecification"] },
  },
};
