import { noUpdate } from "./handlers.ts";
import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const lambda: Notes = {
  "AWS::Lambda::EventSourceMapping": {
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
  "AWS::Lambda::LayerVersion": { registry: { writeOnly: ["/Content"], handlers: noUpdate } },
  "AWS::Lambda::LayerVersionPermission": { registry: { handlers: noUpdate } },
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
  "AWS::Lambda::Permission": { registry: { handlers: noUpdate } },
};
