import { noList, noUpdate } from "./handlers.ts";
import type { Notes } from "./note.ts";

/** What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does not. */
export const apiGateway: Notes = {
  "AWS::ApiGateway::Account": { registry: { handlers: noList } },
  "AWS::ApiGateway::ApiKey": { registry: { writeOnly: ["/GenerateDistinctId"] } },
  "AWS::ApiGateway::Deployment": {
    registry: { writeOnly: ["/DeploymentCanarySettings", "/StageDescription", "/StageName"] },
  },
  "AWS::ApiGateway::DomainNameAccessAssociation": { registry: { handlers: noUpdate } },
  "AWS::ApiGateway::Method": { registry: { handlers: noList } },
  "AWS::ApiGateway::Model": { registry: { primaryIdentifier: ["/RestApiId", "/Name"] } },
  "AWS::ApiGateway::RequestValidator": {
    registry: { primaryIdentifier: ["/RestApiId", "/RequestValidatorId"] },
  },
  "AWS::ApiGateway::RestApi": {
    registry: {
      writeOnly: ["/Body", "/BodyS3Location", "/CloneFrom", "/FailOnWarnings", "/Mode", "/Parameters"],
    },
  },
  "AWS::ApiGateway::UsagePlanKey": { registry: { handlers: noUpdate } },
};
