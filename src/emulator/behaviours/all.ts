import { apiGatewayV2 } from "./api-gateway-v2.ts";
import { apiGateway } from "./api-gateway.ts";
import type { Behaviour, Behaviours, Parent } from "./behaviour.ts";
import { dynamoDb } from "./dynamo-db.ts";
import { ec2 } from "./ec2.ts";
import { events } from "./events.ts";
import { iam } from "./iam.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { logs } from "./logs.ts";
import { missingHandlers } from "./missing-handlers.ts";
import { rds } from "./rds.ts";
import { s3 } from "./s3.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { ssm } from "./ssm.ts";

const all: Behaviours = {
  ...missingHandlers,
  ...apiGateway,
  ...apiGatewayV2,
  ...dynamoDb,
  ...ec2,
  ...events,
  ...iam,
  ...kms,
  ...lambda,
  ...logs,
  ...rds,
  ...s3,
  ...sns,
  ...sqs,
  ...ssm,
};

const none: Behaviour = {};

/** The behaviour of a type; a type without one behaves as its facts say. */
export function behaviourOf(type: string): Behaviour {
  return Object.hasOwn(all, type) ? (all[type] ?? none) : none;
}

/** The types whose resources cannot be without one of this type. */
export function childTypesOf(type: string): { type: string; parent: Parent }[] {
  return Object.entries(all).flatMap(([childType, { parents = [] }]) =>
    parents.filter((parent) => parent.type === type).map((parent) => ({ type: childType, parent })),
  );
}
