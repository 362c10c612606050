import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/ */
export const codeBuild: Notes = {
  "AWS::CodeBuild::Fleet": { naturalKeys: [byKeys("Name")] },
};
