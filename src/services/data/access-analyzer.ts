import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/ */
export const accessAnalyzer: Notes = {
  "AWS::AccessAnalyzer::Analyzer": { naturalKeys: [byKeys("AnalyzerName")] },
};
