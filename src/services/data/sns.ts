import { noList } from "./handlers.ts";
import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const sns: Notes = {
  // Subscribing the same endpoint twice answers the first subscription.
  "AWS::SNS::Subscription": {
    naturalKeys: [byKeys("TopicArn", "Protocol", "Endpoint")],
    replacement: { Region: "maybe" },
    registry: { writeOnly: ["/Region"] },
  },
  "AWS::SNS::Topic": { naturalKeys: [byKeys("TopicName")] },
  "AWS::SNS::TopicInlinePolicy": { registry: { handlers: noList } },
};
