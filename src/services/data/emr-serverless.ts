import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/ */
export const emrServerless: Notes = {
  "AWS::EMRServerless::Application": { naturalKeys: [byKeys("Name")] },
};
