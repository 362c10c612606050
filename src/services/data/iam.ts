import { noList } from "./handlers.ts";
import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const iam: Notes = {
  "AWS::IAM::GroupPolicy": { registry: { handlers: noList } },
  // Names are unique in an account whatever the path.
  "AWS::IAM::ManagedPolicy": {
    naturalKeys: [byKeys("ManagedPolicyName")],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    facts: { namedBy: "ManagedPolicyName" },
  },
  "AWS::IAM::OIDCProvider": { naturalKeys: [byKeys("Url")] },
  "AWS::IAM::RolePolicy": { registry: { handlers: noList } },
  "AWS::IAM::SAMLProvider": {
    naturalKeys: [byKeys("Name")],
    registry: { writeOnly: ["/AddPrivateKey", "/RemovePrivateKey"] },
  },
  "AWS::IAM::ServerCertificate": {
    registry: { writeOnly: ["/CertificateBody", "/CertificateChain", "/PrivateKey"] },
  },
  "AWS::IAM::ServiceLinkedRole": {
    registry: { writeOnly: ["/AWSServiceName", "/CustomSuffix"], handlers: noList },
  },
  "AWS::IAM::User": { registry: { writeOnly: ["/LoginProfile/Password"] } },
  "AWS::IAM::UserPolicy": { registry: { handlers: noList } },
  "AWS::IAM::VirtualMFADevice": { naturalKeys: [byKeys("VirtualMfaDeviceName")] },
};
