import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/xray/latest/api/ */
export const xRay: Notes = {
  "AWS::XRay::Group": { naturalKeys: [byKeys("GroupName")] },
  "AWS::XRay::SamplingRule": { naturalKeys: [byKeys("/SamplingRule/RuleName")] },
};
