import { noUpdate } from "./handlers.ts";
import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const logs: Notes = {
  "AWS::Logs::AccountPolicy": { registry: { replacementStrategy: "delete_then_create" } },
  "AWS::Logs::DeliverySource": { registry: { writeOnly: ["/ResourceArn"] } },
  "AWS::Logs::Integration": {
    registry: {
      writeOnly: ["/ResourceConfig"],
      handlers: noUpdate,
      replacementStrategy: "delete_then_create",
    },
  },
  "AWS::Logs::LogAnomalyDetector": { registry: { writeOnly: ["/AccountId"] } },
  "AWS::Logs::LogStream": { registry: { handlers: noUpdate } },
  "AWS::Logs::MetricFilter": { registry: { replacementStrategy: "delete_then_create" } },
  "AWS::Logs::SubscriptionFilter": { registry: { replacementStrategy: "delete_then_create" } },
};
