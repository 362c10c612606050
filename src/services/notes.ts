import { accessAnalyzer } from "./data/access-analyzer.ts";
import { amazonMq } from "./data/amazon-mq.ts";
import { amplify } from "./data/amplify.ts";
import { apiGatewayParts } from "./data/api-gateway-parts.ts";
import { apiGateway } from "./data/api-gateway.ts";
import { apiGatewayV2 } from "./data/api-gateway-v2.ts";
import { appConfig } from "./data/app-config.ts";
import { appSync } from "./data/app-sync.ts";
import { applicationAutoScaling } from "./data/application-auto-scaling.ts";
import { aps } from "./data/aps.ts";
import { backup } from "./data/backup.ts";
import { batch } from "./data/batch.ts";
import { bedrock } from "./data/bedrock.ts";
import { certificateManager } from "./data/certificate-manager.ts";
import { chatbot } from "./data/chatbot.ts";
import { cloudFront } from "./data/cloud-front.ts";
import { cloudTrail } from "./data/cloud-trail.ts";
import { cloudWatch } from "./data/cloud-watch.ts";
import { codeArtifact } from "./data/code-artifact.ts";
import { codeBuild } from "./data/code-build.ts";
import { codeConnections } from "./data/code-connections.ts";
import { codeStarConnections } from "./data/code-star-connections.ts";
import { cognito } from "./data/cognito.ts";
import { dynamoDb } from "./data/dynamo-db.ts";
import { ec2 } from "./data/ec2.ts";
import { ecs } from "./data/ecs.ts";
import { efs } from "./data/efs.ts";
import { eks } from "./data/eks.ts";
import { elasticLoadBalancingV2 } from "./data/elastic-load-balancing-v2.ts";
import { emrServerless } from "./data/emr-serverless.ts";
import { eventSchemas } from "./data/event-schemas.ts";
import { events } from "./data/events.ts";
import { globalAccelerator } from "./data/global-accelerator.ts";
import { glue } from "./data/glue.ts";
import { iam } from "./data/iam.ts";
import { imageBuilder } from "./data/image-builder.ts";
import { iot } from "./data/iot.ts";
import { kinesis } from "./data/kinesis.ts";
import { kms } from "./data/kms.ts";
import { lambda } from "./data/lambda.ts";
import { logs } from "./data/logs.ts";
import { msk } from "./data/msk.ts";
import { networkFirewall } from "./data/network-firewall.ts";
import type { Note, Notes, Part } from "./note.ts";
import { organizations } from "./data/organizations.ts";
import { osis } from "./data/osis.ts";
import { ram } from "./data/ram.ts";
import { rds } from "./data/rds.ts";
import { route53 } from "./data/route53.ts";
import { route53Resolver } from "./data/route53-resolver.ts";
import { s3 } from "./data/s3.ts";
import { s3Tables } from "./data/s3-tables.ts";
import { sageMaker } from "./data/sage-maker.ts";
import { secretsManager } from "./data/secrets-manager.ts";
import { serviceDiscovery } from "./data/service-discovery.ts";
import { ses } from "./data/ses.ts";
import { sns } from "./data/sns.ts";
import { sqs } from "./data/sqs.ts";
import { ssm } from "./data/ssm.ts";
import { sso } from "./data/sso.ts";
import { stepFunctions } from "./data/step-functions.ts";
import { wafv2 } from "./data/wafv2.ts";
import { acmpca } from "./data/acmpca.ts";
import { dataZone } from "./data/data-zone.ts";
import { refactorSpaces } from "./data/refactor-spaces.ts";
import { xRay } from "./data/x-ray.ts";

const all: Notes = {
  ...accessAnalyzer,
  ...acmpca,
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
  ...dataZone,
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
  ...refactorSpaces,
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

const parts = Object.entries(all).flatMap(([type, { part }]) => (part ? [[type, part] as const] : []));

/** Every part by its type name. */
export const partNotes = (): readonly (readonly [type: string, part: Part])[] => parts;

/** The note of a type, if there is one. */
export function noteOf(type: string): Note | undefined {
  return Object.hasOwn(all, type) ? all[type] : undefined;
}
