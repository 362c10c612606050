import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/iot/latest/apireference/ */
export const iot: Notes = {
  "AWS::IoT::Policy": { naturalKeys: [byKeys("PolicyName")] },
};
