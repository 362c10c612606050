import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/ */
export const sageMaker: Notes = {
  "AWS::SageMaker::Domain": { naturalKeys: [byKeys("DomainName")] },
  "AWS::SageMaker::Model": { naturalKeys: [byKeys("ModelName")] },
  "AWS::SageMaker::ModelPackageGroup": { naturalKeys: [byKeys("ModelPackageGroupName")] },
};
