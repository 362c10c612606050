import { noList } from "./handlers.ts";
import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const sqs: Notes = {
  "AWS::SQS::Queue": { naturalKeys: [by("QueueName")] },
  "AWS::SQS::QueueInlinePolicy": { registry: { handlers: noList } },
};
