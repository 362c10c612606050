import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/amplify/latest/APIReference/ */
export const amplify: Notes = {
  "AWS::Amplify::App": { naturalKeys: [byKeys("Name")] },
  "AWS::Amplify::Branch": { naturalKeys: [belowParent("AppId", "BranchName")], listNeeds: ["AppId"] },
  // ListDomainAssociations asks for the app; the schema is silent on it.
  "AWS::Amplify::Domain": {
    naturalKeys: [belowParent("AppId", "AppId", "DomainName")],
    listNeeds: ["AppId"],
  },
};
