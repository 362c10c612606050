import { noUpdate } from "./handlers.ts";
import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const logs: Notes = {
  "AWS::Logs::AccountPolicy": {
    naturalKeys: [belowParent("PolicyType", "PolicyName")],
    listNeeds: ["PolicyType"],
    registry: { replacementStrategy: "delete_then_create" },
  },
  "AWS::Logs::Delivery": { naturalKeys: [byKeys("DeliverySourceName", "DeliveryDestinationArn")] },
  "AWS::Logs::DeliverySource": { registry: { writeOnly: ["/ResourceArn"] } },
  "AWS::Logs::Integration": {
    registry: {
      writeOnly: ["/ResourceConfig"],
      handlers: noUpdate,
      replacementStrategy: "delete_then_create",
    },
  },
  "AWS::Logs::LogAnomalyDetector": {
    naturalKeys: [byKeys("DetectorName")],
    registry: { writeOnly: ["/AccountId"] },
  },
  "AWS::Logs::LogStream": { listNeeds: ["LogGroupName"], registry: { handlers: noUpdate } },
  "AWS::Logs::MetricFilter": { registry: { replacementStrategy: "delete_then_create" } },
  "AWS::Logs::QueryDefinition": { naturalKeys: [byKeys("Name")] },
  "AWS::Logs::SubscriptionFilter": { registry: { replacementStrategy: "delete_then_create" } },
};
