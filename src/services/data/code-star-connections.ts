import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/codestar-connections/latest/APIReference/ */
export const codeStarConnections: Notes = {
  "AWS::CodeStarConnections::Connection": { naturalKeys: [byKeys("ConnectionName")] },
};
