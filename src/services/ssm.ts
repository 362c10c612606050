import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const ssm: Notes = {
  "AWS::SSM::Association": {
    naturalKeys: [by("AssociationName")],
    replacement: { InstanceId: "no" },
    registry: { writeOnly: ["/WaitForSuccessTimeoutSeconds"] },
  },
  "AWS::SSM::Document": { registry: { writeOnly: ["/Attachments", "/UpdateMethod"] } },
  "AWS::SSM::MaintenanceWindow": { naturalKeys: [by("Name")] },
  "AWS::SSM::MaintenanceWindowTarget": { naturalKeys: [below("WindowId", "Name")], listNeeds: ["WindowId"] },
  "AWS::SSM::MaintenanceWindowTask": { naturalKeys: [below("WindowId", "Name")], listNeeds: ["WindowId"] },
  "AWS::SSM::Parameter": {
    registry: { writeOnly: ["/AllowedPattern", "/Description", "/Policies", "/Tier"] },
  },
  "AWS::SSM::PatchBaseline": { naturalKeys: [by("Name")] },
};
