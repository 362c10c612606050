import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/prometheus/latest/APIReference/ */
export const aps: Notes = {
  "AWS::APS::Workspace": { naturalKeys: [byKeys("Alias")] },
};
