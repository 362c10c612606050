import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/codeconnections/latest/APIReference/ */
export const codeConnections: Notes = {
  "AWS::CodeConnections::Connection": { naturalKeys: [byKeys("ConnectionName")] },
};
