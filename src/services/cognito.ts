import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/ */
export const cognito: Notes = {
  "AWS::Cognito::IdentityPool": { naturalKeys: [by("IdentityPoolName")] },
  // A pool has at most one.
  "AWS::Cognito::IdentityPoolRoleAttachment": {
    naturalKeys: [below("IdentityPoolId", "IdentityPoolId")],
    listNeeds: ["IdentityPoolId"],
  },
  "AWS::Cognito::UserPool": { naturalKeys: [by("UserPoolName")] },
  "AWS::Cognito::UserPoolClient": {
    naturalKeys: [below("UserPoolId", "ClientName")],
    listNeeds: ["UserPoolId"],
  },
};
