import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/amazon-mq/latest/api-reference/ */
export const amazonMq: Notes = {
  "AWS::AmazonMQ::Broker": { naturalKeys: [by("BrokerName")] },
  "AWS::AmazonMQ::Configuration": { naturalKeys: [by("Name")] },
};
