import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/ */
export const cloudWatch: Notes = {
  "AWS::CloudWatch::AlarmMuteRule": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudWatch::InsightRule": { naturalKeys: [byKeys("RuleName")] },
};
