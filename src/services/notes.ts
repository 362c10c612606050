import { accessAnalyzer } from "./access-analyzer.ts";
import { amazonMq } from "./amazon-mq.ts";
import { amplify } from "./amplify.ts";
import { apiGatewayParts } from "./api-gateway-parts.ts";
import { apiGateway } from "./api-gateway.ts";
import { apiGatewayV2 } from "./api-gateway-v2.ts";
import { appConfig } from "./app-config.ts";
import { appSync } from "./app-sync.ts";
import { applicationAutoScaling } from "./application-auto-scaling.ts";
import { aps } from "./aps.ts";
import { backup } from "./backup.ts";
import { batch } from "./batch.ts";
import { bedrock } from "./bedrock.ts";
import { certificateManager } from "./certificate-manager.ts";
import { chatbot } from "./chatbot.ts";
import { cloudFront } from "./cloud-front.ts";
import { cloudTrail } from "./cloud-trail.ts";
import { cloudWatch } from "./cloud-watch.ts";
import { codeArtifact } from "./code-artifact.ts";
import { codeBuild } from "./code-build.ts";
import { codeConnections } from "./code-connections.ts";
import { codeStarConnections } from "./code-star-connections.ts";
import { cognito } from "./cognito.ts";
import { dynamoDb } from "./dynamo-db.ts";
import { ec2 } from "./ec2.ts";
import { ecs } from "./ecs.ts";
import { efs } from "./efs.ts";
import { eks } from "./eks.ts";
import { elasticLoadBalancingV2 } from "./elastic-load-balancing-v2.ts";
import { emrServerless } from "./emr-serverless.ts";
import { eventSchemas } from "./event-schemas.ts";
import { events } from "./events.ts";
import { globalAccelerator } from "./global-accelerator.ts";
import { glue } from "./glue.ts";
import { iam } from "./iam.ts";
import { imageBuilder } from "./image-builder.ts";
import { iot } from "./iot.ts";
import { kinesis } from "./kinesis.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { logs } from "./logs.ts";
import { msk } from "./msk.ts";
import { networkFirewall } from "./network-firewall.ts";
import type { Note, Notes, Part } from "./note.ts";
import { organizations } from "./organizations.ts";
import { osis } from "./osis.ts";
import { ram } from "./ram.ts";
import { rds } from "./rds.ts";
import { route53 } from "./route53.ts";
import { route53Resolver } from "./route53-resolver.ts";
import { s3 } from "./s3.ts";
import { s3Tables } from "./s3-tables.ts";
import { sageMaker } from "./sage-maker.ts";
import { secretsManager } from "./secrets-manager.ts";
import { serviceDiscovery } from "./service-discovery.ts";
import { ses } from "./ses.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { ssm } from "./ssm.ts";
import { sso } from "./sso.ts";
import { stepFunctions } from "./step-functions.ts";
import { wafv2 } from "./wafv2.ts";
import { xRay } from "./x-ray.ts";

const all: Notes = {
  ...accessAnalyzer,
  ...amazonMq,
  ...amplify,
  ...apiGateway,
  ...apiGatewayParts,
  ...apiGatewayV2,
  ...appConfig,
  ...appSync,
  ...applicationAutoScaling,
  ...aps,
  ...backup,
  ...batch,
  ...bedrock,
  ...certificateManager,
  ...chatbot,
  ...cloudFront,
  ...cloudTrail,
  ...cloudWatch,
  ...codeArtifact,
  ...codeBuild,
  ...codeConnections,
  ...codeStarConnections,
  ...cognito,
  ...dynamoDb,
  ...ec2,
  ...ecs,
  ...efs,
  ...eks,
  ...elasticLoadBalancingV2,
  ...emrServerless,
  ...eventSchemas,
  ...events,
  ...globalAccelerator,
  ...glue,
  ...iam,
  ...imageBuilder,
  ...iot,
  ...kinesis,
  ...kms,
  ...lambda,
  ...logs,
  ...msk,
  ...networkFirewall,
  ...organizations,
  ...osis,
  ...ram,
  ...rds,
  ...route53,
  ...route53Resolver,
  ...s3,
  ...s3Tables,
  ...sageMaker,
  ...secretsManager,
  ...serviceDiscovery,
  ...ses,
  ...sns,
  ...sqs,
  ...ssm,
  ...sso,
  ...stepFunctions,
  ...wafv2,
  ...xRay,
};

/** Every part by its type name. */
export function partNotes(): readonly (readonly [type: string, part: Part])[] {
  return Object.entries(all).flatMap(([type, { part }]) => (part ? [[type, part] as const] : []));
}

/** The note of a type, if there is one. */
export function noteOf(type: string): Note | undefined {
  return Object.hasOwn(all, type) ? all[type] : undefined;
}
