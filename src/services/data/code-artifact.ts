import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/codeartifact/latest/APIReference/ */
export const codeArtifact: Notes = {
  "AWS::CodeArtifact::Domain": { naturalKeys: [byKeys("DomainName")] },
  "AWS::CodeArtifact::PackageGroup": {
    naturalKeys: [belowParent("DomainName", "Pattern")],
    listNeeds: ["DomainName"],
  },
  "AWS::CodeArtifact::Repository": { naturalKeys: [byKeys("DomainName", "RepositoryName")] },
};
