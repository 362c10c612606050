import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/opensearch-service/latest/APIReference/ */
export const osis: Notes = {
  "AWS::OSIS::Pipeline": { naturalKeys: [byKeys("PipelineName")] },
};
