import { apiGateway } from "./api-gateway.ts";
import { apiGatewayV2 } from "./api-gateway-v2.ts";
import { dynamoDb } from "./dynamo-db.ts";
import { ec2 } from "./ec2.ts";
import { events } from "./events.ts";
import { iam } from "./iam.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { logs } from "./logs.ts";
import type { Note, Notes } from "./note.ts";
import { rds } from "./rds.ts";
import { s3 } from "./s3.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { ssm } from "./ssm.ts";

const all: Notes = {
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

/** The note of a type, if there is one. */
export function noteOf(type: string): Note | undefined {
  return Object.hasOwn(all, type) ? all[type] : undefined;
}
