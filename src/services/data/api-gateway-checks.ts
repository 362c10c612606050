import type { Pointer } from "../../json.ts";
import type { Check, Counterpart, Premise, Snapshot } from "../note.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
const target = String.raw`method\.response\.header\.\S+`;
const source = String.raw`'[^']*'|integration\.response\.(?:header|multivalueheader|body)(?:\.\S.*)?|(?:context|stageVariables)\.\S+`;

/** What the maps of response parameters below a place take. */
export const responseParameters = (above: Pointer, severity: Check["severity"]): readonly Check[] => [
  {
    at: `${above}/ResponseParameters/*`,
    isKey: true,
    form: target,
    takes: "method.response.header.<name>",
    severity,
  },
  {
    at: `${above}/ResponseParameters/*`,
    form: source,
    takes:
      "'static text' in single quotes, integration.response.header.<name> or integration.response.body.<expression>",
    severity,
  },
];

/** The headers that a method response names, in a map below a place. */
export const headerNames = (above: Pointer): Check => ({
  at: `${above}/ResponseParameters/*`,
  isKey: true,
  form: target,
  takes: "method.response.header.<name>",
  severity: "warning",
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
const places = "(?:header|querystring|path|multivalueheader|multivaluequerystring)";
const requestSource = String.raw`'[^']*'|method\.request\.(?:${places}\.\S+|body(?:\.\S.*)?)|(?:context|stageVariables)\.\S+`;

/** What the maps of request parameters below a place take: those that a method names, or what an integration makes of them. */
export const requestParameters = (above: Pointer, of: "method" | "integration"): readonly Check[] => [
  {
    at: `${above}/RequestParameters/*`,
    isKey: true,
    form: String.raw`${of}\.request\.${places}\.\S+`,
    takes: `${of}.request.<header, querystring or path>.<name>`,
    severity: "warning",
  },
  {
    at: `${above}/RequestParameters/*`,
    form: requestSource,
    takes:
      "'static text' in single quotes, method.request.<header, querystring or path>.<name> or context.<name>",
    severity: "warning",
  },
];

/** What V1 answers by itself. */
export const gatewayParameters: readonly Check[] = [
  {
    at: "/ResponseParameters/*",
    isKey: true,
    form: String.raw`gatewayresponse\.(?:header|querystring|path)\.\S+`,
    takes: "gatewayresponse.header.<name>",
    severity: "warning",
  },
  {
    at: "/ResponseParameters/*",
    form: requestSource,
    takes: "'static text' in single quotes, method.request.header.<name> or context.<name>",
    severity: "warning",
  },
];

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
const variables = String.raw`(?:[^$]|\$(?![A-Za-z{])|\$\{?(?:response|context|stageVariables)\b)*`;

/** What a V2 integration makes of requests and, by their status, of responses. */
export const transformedResponses: readonly Check[] = [
  {
    at: "/ResponseParameters/*",
    isKey: true,
    form: String.raw`[2-5]\d\d`,
    takes: "a status code from 200 to 599",
    severity: "warning",
  },
  {
    at: "/ResponseParameters/*/ResponseParameters/*/Destination",
    form: String.raw`(?:append|overwrite|remove):header\.\S+|overwrite:statuscode`,
    takes: "append:header.<name>, overwrite:header.<name>, remove:header.<name> or overwrite:statuscode",
    severity: "warning",
  },
  {
    at: "/ResponseParameters/*/ResponseParameters/*/Source",
    form: String.raw`(?!(?:integration|method)\.re)${variables}`,
    takes:
      "static text, $response.header.<name>, $response.body.<path>, $context.<name> or $stageVariables.<name>",
    severity: "warning",
  },
  {
    at: "/RequestParameters/*",
    isKey: true,
    form: String.raw`(?:append|overwrite|remove):(?:header|querystring)\.\S+|overwrite:path|integration\.request\.${places}\.\S+|[A-Za-z][\w-]*`,
    takes:
      "overwrite:header.<name> and the like, integration.request.<header, querystring or path>.<name> or a parameter of a service",
    severity: "warning",
  },
];

/** The response that is taken where no other matches: terraform-provider-aws #17212 and #10222 show both, reads neither. */
export const defaultPattern: readonly string[] = ["", "-"];

/** How bodies may be converted. */
export const contentHandling = (at: Pointer): Check => ({
  at,
  form: "CONVERT_TO_BINARY|CONVERT_TO_TEXT",
  takes: "CONVERT_TO_BINARY or CONVERT_TO_TEXT",
  severity: "error",
});

/** A status code as API Gateway writes it. */
export const statusCode = (at: Pointer): Check => ({
  at,
  form: String.raw`[1-5]\d\d`,
  takes: "a status code such as 200",
  severity: "error",
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-integration-responses.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-integration-settings.html
const passedOn = "what a proxy integration answers goes out as it is, and this response is never used";

/** A V2 API that asks for responses to its messages. */
export const webSocketApi: Premise = {
  type: "AWS::ApiGatewayV2::Api",
  at: "/ProtocolType",
  form: "WEBSOCKET",
  otherwise: "only WebSocket APIs use these responses",
};

/** A V2 integration whose answers can be mapped. */
export const mappedIntegration: Premise = {
  type: "AWS::ApiGatewayV2::Integration",
  at: "/IntegrationType",
  form: "AWS|HTTP|MOCK",
  otherwise: passedOn,
};

/** The same of V1. */
export const mappedMethod: Premise = {
  type: "AWS::ApiGateway::Integration",
  at: "/Type",
  form: "AWS|HTTP|MOCK",
  otherwise: passedOn,
};

/** Of V1: API Gateway refuses the mapping to a header that its method response does not name ("Invalid mapping expression parameter specified"). */
export const declaredHeaders: Counterpart = {
  at: "/ResponseParameters",
  type: "AWS::ApiGateway::MethodResponse",
  there: "/ResponseParameters",
  otherwise:
    "its method response has no such header among its ResponseParameters, and API Gateway refuses that",
};

// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
export const restSnapshot: Snapshot = { type: "AWS::ApiGateway::Deployment", below: "RestApiId" };

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
export const v2Snapshot: Snapshot = {
  type: "AWS::ApiGatewayV2::Deployment",
  below: "ApiId",
  unless: [
    { type: "AWS::ApiGatewayV2::Stage", at: "/AutoDeploy" },
    // A quick create makes a stage of its own, which deploys by itself.
    { type: "AWS::ApiGatewayV2::Api", at: "/Target" },
  ],
};

/** Of an API itself: only what it is described by is deployed. */
export const describedBy: Pick<Snapshot, "only"> = { only: ["/Body", "/BodyS3Location"] };
