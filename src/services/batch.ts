import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/batch/latest/APIReference/ */
export const batch: Notes = {
  "AWS::Batch::ComputeEnvironment": { naturalKeys: [by("ComputeEnvironmentName")] },
  "AWS::Batch::ConsumableResource": { naturalKeys: [by("ConsumableResourceName")] },
  "AWS::Batch::JobQueue": { naturalKeys: [by("JobQueueName")] },
  "AWS::Batch::SchedulingPolicy": { naturalKeys: [by("Name")] },
};
