import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/batch/latest/APIReference/ */
export const batch: Notes = {
  "AWS::Batch::ComputeEnvironment": { naturalKeys: [byKeys("ComputeEnvironmentName")] },
  "AWS::Batch::ConsumableResource": { naturalKeys: [byKeys("ConsumableResourceName")] },
  "AWS::Batch::JobQueue": { naturalKeys: [byKeys("JobQueueName")] },
  "AWS::Batch::SchedulingPolicy": { naturalKeys: [byKeys("Name")] },
};
