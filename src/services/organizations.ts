import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/ */
export const organizations: Notes = {
  // No two accounts share an address.
  "AWS::Organizations::Account": { naturalKeys: [by("Email")] },
  "AWS::Organizations::OrganizationalUnit": {
    naturalKeys: [below("ParentId", "Name")],
    listNeeds: ["ParentId"],
  },
  "AWS::Organizations::Policy": { naturalKeys: [below("Type", "Name")], listNeeds: ["Type"] },
};
