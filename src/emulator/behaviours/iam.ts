import { type Json, type Props, isList, isProps } from "../../json.ts";
import { type Behaviours, type Rule, changeProperty } from "./behaviour.ts";
import { asObject, readBackPolicy } from "./policy-document.ts";

const nameRule = (property: string, longest: number): Rule => ({
  path: `/${property}`,
  pattern: new RegExp(`^[\\w+=,.@-]{1,${longest}}$`),
  message:
    `1 validation error detected: Value at '${property.charAt(0).toLowerCase()}${property.slice(1)}' failed to satisfy ` +
    "constraint: The specified value is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
});

const inlinePolicies = (policies: Json): Json =>
  isList(policies)
    ? policies.map((policy) =>
        isProps(policy) ? changeProperty(policy, "PolicyDocument", readBackPolicy) : policy,
      )
    : policies;

function refuseWithoutStatement(property: string): (model: Props) => string | undefined {
  return (model) => {
    const document = asObject(model[property] ?? {});
    return isProps(document) && document["Statement"] !== undefined ? undefined : "Syntax errors in policy.";
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export const iam: Behaviours = {
  "AWS::IAM::Role": {
    defaults: { RoleName: "{mixed:21}", Path: "/", MaxSessionDuration: 3600 },
    made: { Arn: "arn:aws:iam::{account}:role{Path}{RoleName}", RoleId: "AROA{upper:17}" },
    rules: [nameRule("RoleName", 64)],
    refuse: refuseWithoutStatement("AssumeRolePolicyDocument"),
    keep: (model) =>
      changeProperty(
        changeProperty(model, "AssumeRolePolicyDocument", readBackPolicy),
        "Policies",
        inlinePolicies,
      ),
  },
  "AWS::IAM::Policy": {
    made: { Id: "{mixed:16}" },
    rules: [nameRule("PolicyName", 128)],
    refuse: refuseWithoutStatement("PolicyDocument"),
    keep: (model) => changeProperty(model, "PolicyDocument", readBackPolicy),
  },
  "AWS::IAM::ManagedPolicy": {
    defaults: { ManagedPolicyName: "{mixed:21}", Path: "/" },
    made: {
      PolicyArn: "arn:aws:iam::{account}:policy{Path}{ManagedPolicyName}",
      PolicyId: "ANPA{upper:17}",
      AttachmentCount: 0,
      CreateDate: "{now}",
      UpdateDate: "{now}",
      DefaultVersionId: "v1",
      IsAttachable: true,
      PermissionsBoundaryUsageCount: 0,
    },
    rules: [nameRule("ManagedPolicyName", 128)],
    refuse: refuseWithoutStatement("PolicyDocument"),
    keep: (model) => changeProperty(model, "PolicyDocument", readBackPolicy),
  },
};
