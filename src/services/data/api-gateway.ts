import {
  contentHandling,
  declaredHeaders,
  defaultPattern,
  describedBy,
  gatewayParameters,
  headerNames,
  requestParameters,
  responseParameters,
  restSnapshot as snapshot,
  statusCode,
} from "./api-gateway-checks.ts";
import { noList, noUpdate } from "./handlers.ts";
import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

// A write below an API is refused while another write of the same API is under way.
const sharedWrites = "RestApiId";

const responsesAt = "/Integration/IntegrationResponses";
const responses = `${responsesAt}/*`;

/**
 * What the registry's schemas of these types (DescribeType, us-east-1, August 2026) say and the specification does
 * not, and what tells one resource of a type from another.
 */
export const apiGateway: Notes = {
  "AWS::ApiGateway::Account": { registry: { handlers: noList } },
  "AWS::ApiGateway::ApiKey": {
    naturalKeys: [byKeys("Name")],
    registry: { writeOnly: ["/GenerateDistinctId"] },
  },
  "AWS::ApiGateway::Authorizer": {
    naturalKeys: [belowParent("RestApiId", "Name")],
    listNeeds: ["RestApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
  },
  "AWS::ApiGateway::BasePathMapping": { listNeeds: ["DomainName"], slashIdentifier: true },
  "AWS::ApiGateway::BasePathMappingV2": {
    naturalKeys: [belowParent("DomainNameArn", "BasePath")],
    listNeeds: ["DomainNameArn"],
  },
  // Nothing tells two deployments apart. Other tools write the API first, Cloud Control last: no `/` here.
  "AWS::ApiGateway::Deployment": {
    listNeeds: ["RestApiId"],
    sharedWrites,
    registry: { writeOnly: ["/DeploymentCanarySettings", "/StageDescription", "/StageName"] },
  },
  // Written the other way round by other tools, as deployments are.
  "AWS::ApiGateway::DocumentationPart": {
    naturalKeys: [belowParent("RestApiId", "Location")],
    listNeeds: ["RestApiId"],
    sharedWrites,
  },
  "AWS::ApiGateway::DocumentationVersion": { listNeeds: ["RestApiId"], sharedWrites },
  "AWS::ApiGateway::DomainNameAccessAssociation": {
    naturalKeys: [byKeys("DomainNameArn", "AccessAssociationSource")],
    registry: { handlers: noUpdate },
  },
  "AWS::ApiGateway::DomainNameV2": { naturalKeys: [byKeys("DomainName")] },
  "AWS::ApiGateway::GatewayResponse": {
    checks: gatewayParameters,
    naturalKeys: [belowParent("RestApiId", "ResponseType")],
    listNeeds: ["RestApiId"],
    sharedWrites,
    snapshot,
  },
  "AWS::ApiGateway::Method": {
    checks: [
      ...responseParameters(responses, "error"),
      contentHandling(`${responses}/ContentHandling`),
      contentHandling("/Integration/ContentHandling"),
      statusCode(`${responses}/StatusCode`),
      statusCode("/MethodResponses/*/StatusCode"),
      headerNames("/MethodResponses/*"),
      ...requestParameters("", "method"),
      ...requestParameters("/Integration", "integration"),
    ],
    counterparts: [{ items: responsesAt, ...declaredHeaders }],
    distinct: [{ at: responsesAt, by: "SelectionPattern", absent: defaultPattern }],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    registry: { handlers: noList },
  },
  "AWS::ApiGateway::Model": {
    listNeeds: ["RestApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    registry: { primaryIdentifier: ["/RestApiId", "/Name"] },
  },
  "AWS::ApiGateway::RequestValidator": {
    naturalKeys: [belowParent("RestApiId", "Name")],
    listNeeds: ["RestApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
    registry: { primaryIdentifier: ["/RestApiId", "/RequestValidatorId"] },
  },
  "AWS::ApiGateway::Resource": {
    naturalKeys: [belowParent("RestApiId", "ParentId", "PathPart")],
    listNeeds: ["RestApiId"],
    slashIdentifier: true,
    sharedWrites,
    snapshot,
  },
  "AWS::ApiGateway::RestApi": {
    naturalKeys: [byKeys("Name")],
    sharedWrites,
    snapshot: { ...snapshot, ...describedBy },
    registry: {
      writeOnly: ["/Body", "/BodyS3Location", "/CloneFrom", "/FailOnWarnings", "/Mode", "/Parameters"],
    },
  },
  "AWS::ApiGateway::Stage": { listNeeds: ["RestApiId"], slashIdentifier: true, sharedWrites },
  "AWS::ApiGateway::UsagePlan": { naturalKeys: [byKeys("UsagePlanName")] },
  "AWS::ApiGateway::UsagePlanKey": {
    naturalKeys: [belowParent("UsagePlanId", "KeyId")],
    listNeeds: ["UsagePlanId"],
    registry: { handlers: noUpdate },
  },
  "AWS::ApiGateway::VpcLink": { naturalKeys: [byKeys("Name")] },
};
