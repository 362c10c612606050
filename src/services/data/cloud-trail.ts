import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export const cloudTrail: Notes = {
  "AWS::CloudTrail::Channel": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudTrail::Dashboard": { naturalKeys: [byKeys("Name")] },
  "AWS::CloudTrail::EventDataStore": { naturalKeys: [byKeys("Name")] },
};
