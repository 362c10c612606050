import { noList } from "./handlers.ts";
import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const iam: Notes = {
  "AWS::IAM::GroupPolicy": { registry: { handlers: noList } },
  "AWS::IAM::RolePolicy": { registry: { handlers: noList } },
  "AWS::IAM::SAMLProvider": { registry: { writeOnly: ["/AddPrivateKey", "/RemovePrivateKey"] } },
  "AWS::IAM::ServerCertificate": {
    registry: { writeOnly: ["/CertificateBody", "/CertificateChain", "/PrivateKey"] },
  },
  "AWS::IAM::ServiceLinkedRole": {
    registry: { writeOnly: ["/AWSServiceName", "/CustomSuffix"], handlers: noList },
  },
  "AWS::IAM::User": { registry: { writeOnly: ["/LoginProfile/Password"] } },
  "AWS::IAM::UserPolicy": { registry: { handlers: noList } },
};
