import { below } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/ */
export const sso: Notes = {
  "AWS::SSO::Application": { naturalKeys: [below("InstanceArn", "Name")], listNeeds: ["InstanceArn"] },
  "AWS::SSO::PermissionSet": { naturalKeys: [below("InstanceArn", "Name")], listNeeds: ["InstanceArn"] },
};
