import { by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/ */
export const sageMaker: Notes = {
  "AWS::SageMaker::Domain": { naturalKeys: [by("DomainName")] },
  "AWS::SageMaker::Model": { naturalKeys: [by("ModelName")] },
  "AWS::SageMaker::ModelPackageGroup": { naturalKeys: [by("ModelPackageGroupName")] },
};
