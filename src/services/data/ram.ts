import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/ram/latest/APIReference/ */
export const ram: Notes = {
  "AWS::RAM::Permission": { naturalKeys: [byKeys("Name")] },
  "AWS::RAM::ResourceShare": { naturalKeys: [byKeys("Name")] },
};
