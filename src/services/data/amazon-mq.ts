import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/amazon-mq/latest/api-reference/ */
export const amazonMq: Notes = {
  "AWS::AmazonMQ::Broker": { naturalKeys: [byKeys("BrokerName")] },
  "AWS::AmazonMQ::Configuration": { naturalKeys: [byKeys("Name")] },
};
