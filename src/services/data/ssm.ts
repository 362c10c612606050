import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const ssm: Notes = {
  "AWS::SSM::Association": {
    naturalKeys: [byKeys("AssociationName")],
    replacement: { InstanceId: "no" },
    registry: { writeOnly: ["/WaitForSuccessTimeoutSeconds"] },
  },
  "AWS::SSM::Document": { registry: { writeOnly: ["/Attachments", "/UpdateMethod"] } },
  "AWS::SSM::MaintenanceWindow": { naturalKeys: [byKeys("Name")] },
  "AWS::SSM::MaintenanceWindowTarget": {
    naturalKeys: [belowParent("WindowId", "Name")],
    listNeeds: ["WindowId"],
  },
  "AWS::SSM::MaintenanceWindowTask": {
    naturalKeys: [belowParent("WindowId", "Name")],
    listNeeds: ["WindowId"],
  },
  "AWS::SSM::Parameter": {
    registry: { writeOnly: ["/AllowedPattern", "/Description", "/Policies", "/Tier"] },
  },
  "AWS::SSM::PatchBaseline": { naturalKeys: [byKeys("Name")] },
};
