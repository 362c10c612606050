import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const ssm: Notes = {
  "AWS::SSM::Association": {
    replacement: { InstanceId: "no" },
    registry: { writeOnly: ["/WaitForSuccessTimeoutSeconds"] },
  },
  "AWS::SSM::Document": { registry: { writeOnly: ["/Attachments", "/UpdateMethod"] } },
  "AWS::SSM::Parameter": {
    registry: { writeOnly: ["/AllowedPattern", "/Description", "/Policies", "/Tier"] },
  },
};
