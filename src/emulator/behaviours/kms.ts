import { type Behaviours, changeProperty } from "./behaviour.ts";
import { readBackPolicy } from "./policy-document.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/ */
export const kms: Behaviours = {
  "AWS::KMS::Key": {
    writeOnly: ["/PendingWindowInDays", "/BypassPolicyLockoutSafetyCheck", "/RotationPeriodInDays"],
    defaults: {
      Description: "",
      EnableKeyRotation: false,
      Enabled: true,
      KeyPolicy: {
        Version: "2012-10-17",
        Id: "key-default-1",
        Statement: [
          {
            Sid: "Enable IAM User Permissions",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::{account}:root" },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      },
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyUsage: "ENCRYPT_DECRYPT",
      MultiRegion: false,
      Origin: "AWS_KMS",
    },
    made: { KeyId: "{uuid}", Arn: "arn:aws:kms:{region}:{account}:key/{KeyId}" },
    keep: (model) => changeProperty(model, "KeyPolicy", readBackPolicy),
  },
  "AWS::KMS::Alias": {
    rules: [
      {
        path: "/AliasName",
        pattern: /^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/,
        message: 'Alias must start with the prefix "alias/" and must not start with "alias/aws/".',
      },
    ],
  },
};
