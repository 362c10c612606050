import { noList } from "./handlers.ts";
import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const sqs: Notes = {
  "AWS::SQS::QueueInlinePolicy": { registry: { handlers: noList } },
};
