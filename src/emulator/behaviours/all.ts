import { apiGatewayV2 } from "./api-gateway-v2.ts";
import { apiGateway } from "./api-gateway.ts";
import type { Behaviour, Behaviours, Parent, Tie } from "./behaviour.ts";
import { dynamoDb } from "./dynamo-db.ts";
import { ec2 } from "./ec2.ts";
import { events } from "./events.ts";
import { iam } from "./iam.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { logs } from "./logs.ts";
import { missingHandlers } from "./missing-handlers.ts";
import { rds } from "./rds.ts";
import { route53 } from "./route53.ts";
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
  ...route53,
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

/** What deleting a resource means for those of another type. */
export interface Bond extends Tie {
  readonly child: string;
  readonly onDelete: Parent["onDelete"];
}

/** The types whose resources name one of this type as their parent, or are tied to it. */
export function bondsOf(type: string): Bond[] {
  return Object.entries(all).flatMap(([child, { parents = [], ties = [] }]) => {
    const bonds = [...parents, ...ties.map((tie) => ({ ...tie, onDelete: "cascade" as const }))];
    return bonds.filter((bond) => bond.type === type).map((bond) => ({ ...bond, child }));
  });
}
