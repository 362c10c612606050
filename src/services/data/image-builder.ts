import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/ */
export const imageBuilder: Notes = {
  "AWS::ImageBuilder::DistributionConfiguration": { naturalKeys: [byKeys("Name")] },
  "AWS::ImageBuilder::ImagePipeline": { naturalKeys: [byKeys("Name")] },
  "AWS::ImageBuilder::InfrastructureConfiguration": { naturalKeys: [byKeys("Name")] },
  "AWS::ImageBuilder::LifecyclePolicy": { naturalKeys: [byKeys("Name")] },
};
