import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export const cloudTrail: Notes = {
  "AWS::CloudTrail::Channel": { naturalKeys: [by("Name")] },
  "AWS::CloudTrail::Dashboard": { naturalKeys: [by("Name")] },
  "AWS::CloudTrail::EventDataStore": { naturalKeys: [by("Name")] },
};
