import { noList } from "./handlers.ts";
import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const sqs: Notes = {
  "AWS::SQS::Queue": {
    naturalKeys: [byKeys("QueueName")],
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
    facts: { namedBy: "QueueName" },
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    checks: [
      {
        at: "/QueueName",
        form: String.raw`(?=.{1,80}$)[A-Za-z0-9_-]+(?:\.fifo)?`,
        takes:
          "up to 80 letters, digits, hyphens and underscores, with .fifo at the end of a FIFO queue's name",
        severity: "error",
      },
    ],
  },
  "AWS::SQS::QueueInlinePolicy": { registry: { handlers: noList } },
};
