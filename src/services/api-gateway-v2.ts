import type { Notes } from "./note.ts";

const strings = { map: "string" } as const;

// Every write below an API answers "Unable to complete operation due to concurrent modification" when another
// write of the same API is under way (terraform-provider-aws #18018).
const sharedWrites = "ApiId";

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ */
export const apiGatewayV2: Notes = {
  "AWS::ApiGatewayV2::Api": {
    naturalKey: { parents: [], keys: ["Name"] },
    sharedWrites,
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
  // Nothing tells two integrations of one API apart but their identifier.
  "AWS::ApiGatewayV2::Integration": {
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    shapes: { "/RequestParameters": strings, "/RequestTemplates": strings },
  },
  // The list handler has no handlerSchema, yet the REST path holds both parents.
  "AWS::ApiGatewayV2::IntegrationResponse": {
    naturalKey: { parents: ["ApiId", "IntegrationId"], keys: ["IntegrationResponseKey"] },
    listNeeds: ["ApiId", "IntegrationId"],
    slashIdentifier: true,
    sharedWrites,
    shapes: { "/ResponseParameters": strings, "/ResponseTemplates": strings },
    // Whatever no other key matches, or a regular expression over what the integration's selection expression gives.
    values: { IntegrationResponseKey: ["$default", "/${string}/"] },
  },
  "AWS::ApiGatewayV2::Route": {
    naturalKey: { parents: ["ApiId"], keys: ["RouteKey"] },
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    shapes: { "/RequestModels": strings },
    registry: { writeOnly: ["/AuthorizerId", "/RequestParameters"] },
  },
  "AWS::ApiGatewayV2::RouteResponse": {
    naturalKey: { parents: ["ApiId", "RouteId"], keys: ["RouteResponseKey"] },
    listNeeds: ["ApiId", "RouteId"],
    slashIdentifier: true,
    sharedWrites,
    shapes: { "/ResponseModels": strings },
  },
  "AWS::ApiGatewayV2::Stage": {
    naturalKey: { parents: ["ApiId"], keys: ["StageName"] },
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
    naturalKey: { parents: ["ApiId"], keys: ["Name"] },
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
    facts: { jsonDocuments: ["/Schema"] },
  },
  "AWS::ApiGatewayV2::Authorizer": {
    naturalKey: { parents: ["ApiId"], keys: ["Name"] },
    listNeeds: ["ApiId"],
    slashIdentifier: true,
    sharedWrites,
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
    naturalKey: { parents: [], keys: ["Name"] },
    shapes: { "/Tags": strings },
  },
};
