import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/ */
export const cognito: Notes = {
  "AWS::Cognito::IdentityPool": { naturalKeys: [byKeys("IdentityPoolName")] },
  // A pool has at most one.
  "AWS::Cognito::IdentityPoolRoleAttachment": {
    naturalKeys: [belowParent("IdentityPoolId", "IdentityPoolId")],
    listNeeds: ["IdentityPoolId"],
  },
  "AWS::Cognito::UserPool": { naturalKeys: [byKeys("UserPoolName")] },
  "AWS::Cognito::UserPoolClient": {
    naturalKeys: [belowParent("UserPoolId", "ClientName")],
    listNeeds: ["UserPoolId"],
  },
};
