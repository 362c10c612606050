import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/ */
export const imageBuilder: Notes = {
  "AWS::ImageBuilder::DistributionConfiguration": { naturalKeys: [by("Name")] },
  "AWS::ImageBuilder::ImagePipeline": { naturalKeys: [by("Name")] },
  "AWS::ImageBuilder::InfrastructureConfiguration": { naturalKeys: [by("Name")] },
  "AWS::ImageBuilder::LifecyclePolicy": { naturalKeys: [by("Name")] },
};
