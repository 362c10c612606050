import { noUpdate } from "./handlers.ts";
import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const lambda: Notes = {
  "AWS::Lambda::Alias": { naturalKeys: [belowParent("FunctionName", "Name")], listNeeds: ["FunctionName"] },
  "AWS::Lambda::EventSourceMapping": {
    naturalKeys: [byKeys("FunctionName", "EventSourceArn")],
    replacement: { AmazonManagedKafkaEventSourceConfig: "no", SelfManagedKafkaEventSourceConfig: "no" },
  },
  "AWS::Lambda::Function": {
    replacement: { DurableConfig: "maybe" },
    registry: {
      writeOnly: [
        "/Code/ImageUri",
        "/Code/S3Bucket",
        "/Code/S3Key",
        "/Code/S3ObjectStorageMode",
        "/Code/S3ObjectVersion",
        "/Code/SourceKMSKeyArn",
        "/Code/ZipFile",
        "/PublishToLatestPublished",
        "/SnapStart",
      ],
    },
  },
  // A version is known by its number alone, which the service counts up.
  "AWS::Lambda::LayerVersion": {
    listNeeds: ["LayerName"],
    registry: { writeOnly: ["/Content"], handlers: noUpdate },
  },
  "AWS::Lambda::LayerVersionPermission": {
    naturalKeys: [belowParent("LayerVersionArn", "Action", "Principal", "OrganizationId")],
    listNeeds: ["LayerVersionArn"],
    registry: { handlers: noUpdate },
  },
  "AWS::Lambda::MicrovmImage": {
    registry: {
      writeOnly: [
        "/AdditionalOsCapabilities",
        "/BaseImageArn",
        "/BaseImageVersion",
        "/BuildRoleArn",
        "/CodeArtifact",
        "/CpuConfigurations",
        "/Description",
        "/EgressNetworkConnectors",
        "/EnvironmentVariables",
        "/Hooks",
        "/Logging",
        "/Resources",
      ],
    },
  },
  // Without a source to compare, a statement that grants the same to fewer would match: nothing is looked for then.
  "AWS::Lambda::Permission": {
    naturalKeys: [
      belowParent("FunctionName", "Action", "Principal", "SourceArn", "SourceAccount"),
      belowParent("FunctionName", "Action", "Principal", "SourceArn"),
      belowParent("FunctionName", "Action", "Principal", "PrincipalOrgID"),
      belowParent("FunctionName", "Action", "Principal", "EventSourceToken"),
    ],
    listNeeds: ["FunctionName"],
    registry: { handlers: noUpdate },
  },
  // Without a qualifier the URL of an alias would match as well.
  "AWS::Lambda::Url": {
    naturalKeys: [belowParent("TargetFunctionArn", "Qualifier")],
    listNeeds: ["TargetFunctionArn"],
  },
  "AWS::Lambda::Version": { listNeeds: ["FunctionName"] },
};
