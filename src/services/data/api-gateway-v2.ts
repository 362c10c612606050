import {
  contentHandling,
  describedBy,
  mappedIntegration,
  responseParameters,
  transformedResponses,
  v2Snapshot as snapshot,
  webSocketApi,
} from "./api-gateway-checks.ts";
import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

const strings = { map: "string" } as const;

// Every write below an API answers "Unable to complete operation due to concurrent modification" when another
// write of the same API is under way (terraform-provider-aws #18018).
const sharedWrites = "ApiId";

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ */
export const apiGatewayV2: Notes = {
  "AWS::ApiGatewayV2::Api": {
    naturalKeys: [byKeys("Name")],
    sharedWrites,
    snapshot: { ...snapshot, ...describedBy },
    shapes: { "/Tags": strings },
    registry: {
      writeOnly: [
        "/BasePath",
        "/Body",
        "/BodyS3Location",
        "/CredentialsArn",
        "/DisableSchemaValidation",
        "/FailOnWarnings",
        "/RouteKey",
        "/Target",
      ],
    },
  },
  "AWS::ApiGatewayV2::ApiGatewayManagedOverrides": { sharedWrites },
  // Nothing tells two integrations of one API apart but their identifier.
  "AWS::ApiGatewayV2::Integration": {
    checks: transformedResponses,
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    shapes: { "/RequestParameters": strings, "/RequestTemplates": strings },
  },
  // The list handler has no handlerSchema, yet the REST path holds both parents.
  "AWS::ApiGatewayV2::IntegrationResponse": {
    naturalKeys: [belowParent(["ApiId", "IntegrationId"], "IntegrationResponseKey")],
    listNeeds: ["ApiId", "IntegrationId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    shapes: { "/ResponseParameters": strings, "/ResponseTemplates": strings },
    // Whatever no other key matches, or a regular expression over what the integration's selection expression gives.
    checks: [
      ...responseParameters("", "warning"),
      contentHandling("/ContentHandlingStrategy"),
      {
        at: "/IntegrationResponseKey",
        form: String.raw`\$default|/.*/`,
        takes: "$default, or a regular expression between slashes such as /2\\d\\d/",
        severity: "warning",
      },
    ],
    premises: [webSocketApi, mappedIntegration],
    values: { IntegrationResponseKey: ["$default", "/${string}/"] },
  },
  "AWS::ApiGatewayV2::Route": {
    naturalKeys: [belowParent("ApiId", "RouteKey")],
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    shapes: { "/RequestModels": strings },
    registry: { writeOnly: ["/AuthorizerId", "/RequestParameters"] },
  },
  "AWS::ApiGatewayV2::RouteResponse": {
    naturalKeys: [belowParent(["ApiId", "RouteId"], "RouteResponseKey")],
    listNeeds: ["ApiId", "RouteId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    shapes: { "/ResponseModels": strings },
    premises: [webSocketApi],
  },
  "AWS::ApiGatewayV2::Stage": {
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    shapes: { "/StageVariables": strings, "/Tags": strings },
  },
  "AWS::ApiGatewayV2::Deployment": {
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    registry: { writeOnly: ["/StageName"] },
  },
  "AWS::ApiGatewayV2::Model": {
    naturalKeys: [belowParent("ApiId", "Name")],
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    facts: { jsonDocuments: ["/Schema"] },
  },
  // No `/` here: Cloud Control writes AuthorizerId|ApiId, other tools ApiId/AuthorizerId.
  "AWS::ApiGatewayV2::Authorizer": {
    naturalKeys: [belowParent("ApiId", "Name")],
    listNeeds: ["ApiId"],
    sharedWrites,
    snapshot,
    registry: {
      writeOnly: [
        "/AuthorizerCredentialsArn",
        "/AuthorizerPayloadFormatVersion",
        "/AuthorizerResultTtlInSeconds",
        "/AuthorizerUri",
        "/EnableSimpleResponses",
      ],
    },
  },
  "AWS::ApiGatewayV2::DomainName": { shapes: { "/Tags": strings } },
  "AWS::ApiGatewayV2::VpcLink": {
    naturalKeys: [byKeys("Name")],
    shapes: { "/Tags": strings },
  },
  // Without a key it maps the bare domain: nothing to compare then.
  "AWS::ApiGatewayV2::ApiMapping": {
    naturalKeys: [belowParent("DomainName", "ApiMappingKey")],
    listNeeds: ["DomainName"],
    slashIdentifier: true,
  },
  // The rules of a domain are ranked: no two of them share a priority.
  "AWS::ApiGatewayV2::RoutingRule": {
    naturalKeys: [belowParent("DomainNameArn", "Priority")],
    listNeeds: ["DomainNameArn"],
  },
};
