import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/ */
export const organizations: Notes = {
  // No two accounts share an address.
  "AWS::Organizations::Account": { naturalKeys: [byKeys("Email")] },
  "AWS::Organizations::OrganizationalUnit": {
    naturalKeys: [belowParent("ParentId", "Name")],
    listNeeds: ["ParentId"],
  },
  "AWS::Organizations::Policy": { naturalKeys: [belowParent("Type", "Name")], listNeeds: ["Type"] },
};
