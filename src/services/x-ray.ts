import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/xray/latest/api/ */
export const xRay: Notes = {
  "AWS::XRay::Group": { naturalKeys: [by("GroupName")] },
  "AWS::XRay::SamplingRule": { naturalKeys: [by("/SamplingRule/RuleName")] },
};
