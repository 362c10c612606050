import { belowParent } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/ */
export const sso: Notes = {
  "AWS::SSO::Application": { naturalKeys: [belowParent("InstanceArn", "Name")], listNeeds: ["InstanceArn"] },
  "AWS::SSO::PermissionSet": {
    naturalKeys: [belowParent("InstanceArn", "Name")],
    listNeeds: ["InstanceArn"],
  },
};
