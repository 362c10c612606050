import type { Behaviours } from "./behaviour.ts";

const fixed = { handlers: ["create", "read", "delete", "list"] };
const unlisted = { handlers: ["create", "read", "update", "delete"] };

/** Types whose registry schema lacks the update or the list handler, a selection of 162 and 83. */
export const missingHandlers: Behaviours = {
  "AWS::ApiGateway::Account": unlisted,
  "AWS::ApiGateway::UsagePlanKey": fixed,
  "AWS::CloudFront::MonitoringSubscription": { handlers: ["create", "read", "delete"] },
  "AWS::EC2::EIPAssociation": fixed,
  "AWS::EC2::KeyPair": { ...fixed, writeOnly: ["/KeyFormat"] },
  "AWS::ECS::TaskSet": unlisted,
  "AWS::IAM::RolePolicy": unlisted,
  "AWS::Lambda::LayerVersion": { ...fixed, writeOnly: ["/Content"] },
  "AWS::Lambda::Permission": { ...fixed, listNeeds: ["FunctionName"] },
  "AWS::SQS::QueueInlinePolicy": unlisted,
};
