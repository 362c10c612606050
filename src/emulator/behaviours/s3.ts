import type { Behaviours } from "./behaviour.ts";

const notValid = "The specified bucket is not valid. (Service: S3, Status Code: 400)";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const s3: Behaviours = {
  "AWS::S3::Bucket": {
    writeOnly: [
      "/AccessControl",
      "/LifecycleConfiguration/Rules/*/NoncurrentVersionExpirationInDays",
      "/LifecycleConfiguration/Rules/*/NoncurrentVersionTransition",
      "/LifecycleConfiguration/Rules/*/Transition",
      "/LifecycleConfiguration/Rules/*/ExpiredObjectDeleteMarker",
      "/ReplicationConfiguration/Rules/*/Prefix",
    ],
    mutable: ["/ObjectLockEnabled"],
    // Since 2023 every bucket is encrypted, owned by its account and closed to the public.
    defaults: {
      BucketName: "{lower:26}",
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: false, ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
        ],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
    made: {
      Arn: "arn:aws:s3:::{BucketName}",
      DomainName: "{BucketName}.s3.amazonaws.com",
      DualStackDomainName: "{BucketName}.s3.dualstack.{region}.amazonaws.com",
      RegionalDomainName: "{BucketName}.s3.{region}.amazonaws.com",
      WebsiteURL: "http://{BucketName}.s3-website-{region}.amazonaws.com",
    },
    rules: [
      { path: "/BucketName", pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, message: notValid },
      { path: "/BucketName", pattern: /^(?!.*\.\.)(?!(\d+\.){3}\d+$)(?!xn--)/, message: notValid },
    ],
  },
};
