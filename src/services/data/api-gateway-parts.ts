import {
  contentHandling,
  declaredHeaders,
  defaultPattern,
  headerNames,
  mappedMethod,
  requestParameters,
  responseParameters,
  restSnapshot as snapshot,
  statusCode,
} from "./api-gateway-checks.ts";
import type { Notes, Part } from "../note.ts";

const method = ["RestApiId", "ResourceId", "HttpMethod"] as const;

const ofMethod: Pick<Part, "owner" | "identity"> = { owner: "AWS::ApiGateway::Method", identity: method };

/**
 * What lives inside a V1 method. The service's own API has a path for each
 * (https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html), CloudFormation has none.
 */
export const apiGatewayParts: Notes = {
  "AWS::ApiGateway::Integration": {
    part: {
      ...ofMethod,
      definition: "Integration",
      at: "/Integration",
      without: ["IntegrationResponses"],
      uses: [method],
    },
    checks: requestParameters("", "integration"),
    listNeeds: method,
    slashIdentifier: true,
    sharedWrites: "RestApiId",
    snapshot,
  },
  "AWS::ApiGateway::MethodResponse": {
    checks: [statusCode("/StatusCode"), headerNames("")],
    part: {
      ...ofMethod,
      definition: "MethodResponse",
      at: "/MethodResponses",
      key: "StatusCode",
      uses: [method],
    },
    listNeeds: method,
    slashIdentifier: true,
    sharedWrites: "RestApiId",
    snapshot,
  },
  "AWS::ApiGateway::IntegrationResponse": {
    part: {
      ...ofMethod,
      definition: "IntegrationResponse",
      at: "/Integration/IntegrationResponses",
      key: "StatusCode",
      // Named as the method and its integration are, and as the method response is.
      uses: [method, [...method, "StatusCode"]],
      needs: [{ at: "/MethodResponses", key: "StatusCode" }],
      // terraform-provider-aws #5893
      unique: { by: "SelectionPattern", absent: defaultPattern },
    },
    checks: [
      ...responseParameters("", "error"),
      contentHandling("/ContentHandling"),
      statusCode("/StatusCode"),
    ],
    premises: [mappedMethod],
    counterparts: [declaredHeaders],
    listNeeds: method,
    slashIdentifier: true,
    sharedWrites: "RestApiId",
    snapshot,
  },
};
