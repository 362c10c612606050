import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/codeartifact/latest/APIReference/ */
export const codeArtifact: Notes = {
  "AWS::CodeArtifact::Domain": { naturalKeys: [by("DomainName")] },
  "AWS::CodeArtifact::PackageGroup": {
    naturalKeys: [below("DomainName", "Pattern")],
    listNeeds: ["DomainName"],
  },
  "AWS::CodeArtifact::Repository": { naturalKeys: [by("DomainName", "RepositoryName")] },
};
