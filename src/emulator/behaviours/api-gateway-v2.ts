import { type Props, isProps } from "../../json.ts";
import { type Behaviours, type Parent, plain } from "./behaviour.ts";

const prefix = "AWS::ApiGatewayV2";

/** What the control plane says of a resource that is not there, by type; templates. */
export const absentTexts: Readonly<Record<string, string>> = {
  [`${prefix}::Api`]: "Invalid API identifier specified {account}:{ApiId}",
  [`${prefix}::Authorizer`]: "Unable to find Authorizer by id {AuthorizerId}",
  [`${prefix}::Deployment`]: "Unable to find Deployment by id {DeploymentId}",
  [`${prefix}::DomainName`]: "Invalid domain name identifier specified {DomainName}",
  [`${prefix}::Integration`]: "Unable to find Integration by id {IntegrationId}",
  [`${prefix}::IntegrationResponse`]: "Unable to find IntegrationResponse by id {IntegrationResponseId}",
  [`${prefix}::Model`]: "Unable to find Model by id {ModelId}",
  [`${prefix}::Route`]: "Unable to find Route by id {RouteId}",
  [`${prefix}::RouteResponse`]: "Unable to find RouteResponse by id {RouteResponseId}",
  [`${prefix}::Stage`]: "Unable to find Stage by name {StageName}",
};

const parent = (noun: string, keys: readonly string[]): Parent => ({
  type: `${prefix}::${noun}`,
  keys,
  missing: absentTexts[`${prefix}::${noun}`] ?? "",
  onDelete: "cascade",
});

const api = parent("Api", ["ApiId"]);

const contentHandling = {
  path: "/ContentHandlingStrategy",
  pattern: /^CONVERT_TO_(BINARY|TEXT)$/,
  message: "Invalid content handling strategy specified",
};

const isWebSocket = ({ ProtocolType }: Props): boolean => ProtocolType === "WEBSOCKET";

/** The name and protocol of an imported OpenAPI document stand in it. */
function importBody({ Body: body }: Props): Props {
  if (!isProps(body)) return {};
  const title = isProps(body["info"]) ? body["info"]["title"] : undefined;
  return { ProtocolType: "HTTP", ...(title !== undefined && { Name: title }) };
}

function refuseApi(model: Props): string | undefined {
  const isImport = model["Body"] !== undefined || model["BodyS3Location"] !== undefined;
  if (isImport) return undefined;
  if (model["Name"] === undefined) return "Invalid API name specified";
  if (model["ProtocolType"] === undefined)
    return "Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]";
  return isWebSocket(model) && model["RouteSelectionExpression"] === undefined
    ? "RouteSelectionExpression is required for WEBSOCKET APIs"
    : undefined;
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ */
export const apiGatewayV2: Behaviours = {
  [`${prefix}::Api`]: {
    writeOnly: [
      "/Body",
      "/BasePath",
      "/BodyS3Location",
      "/CredentialsArn",
      "/FailOnWarnings",
      "/RouteKey",
      "/Target",
      "/DisableSchemaValidation",
    ],
    defaults: (model) => ({
      ...importBody(model),
      ...(!isWebSocket(model) && { RouteSelectionExpression: "$request.method $request.path" }),
      ApiKeySelectionExpression: "$request.header.x-api-key",
      DisableExecuteApiEndpoint: false,
      IpAddressType: "ipv4",
    }),
    made: (model) => ({
      ApiId: "{lower:10}",
      ApiEndpoint: `${isWebSocket(model) ? "wss" : "https"}://{ApiId}.execute-api.{region}.amazonaws.com`,
      ExecuteApiArn: "arn:aws:execute-api:{region}:{account}:{ApiId}",
    }),
    rules: [
      {
        path: "/ProtocolType",
        pattern: /^(HTTP|WEBSOCKET)$/,
        message: "Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]",
      },
    ],
    refuse: refuseApi,
  },
  [`${prefix}::Integration`]: {
    parents: [api],
    defaults: ({ IntegrationType: kind }) => ({
      ConnectionType: "INTERNET",
      PayloadFormatVersion: "1.0",
      // Only WebSocket APIs have integrations of these three types, and only theirs end at 29 s.
      ...(["AWS", "HTTP", "MOCK"].includes(plain(kind))
        ? { TimeoutInMillis: 29_000, PassthroughBehavior: "WHEN_NO_MATCH" }
        : { TimeoutInMillis: 30_000 }),
    }),
    made: { IntegrationId: "{lower:7}" },
    rules: [
      {
        path: "/IntegrationType",
        pattern: /^(AWS|AWS_PROXY|HTTP|HTTP_PROXY|MOCK)$/,
        message: "Invalid integration type specified",
      },
      contentHandling,
    ],
  },
  [`${prefix}::IntegrationResponse`]: {
    parents: [api, parent("Integration", ["ApiId", "IntegrationId"])],
    made: { IntegrationResponseId: "{lower:7}" },
    unique: [
      {
        keys: ["ApiId", "IntegrationId", "IntegrationResponseKey"],
        message: "IntegrationResponse with key {IntegrationResponseKey} already exists for this Integration",
      },
    ],
    rules: [contentHandling],
  },
  [`${prefix}::Route`]: {
    writeOnly: ["/AuthorizerId", "/RequestParameters"],
    parents: [api],
    defaults: { ApiKeyRequired: false, AuthorizationType: "NONE" },
    made: { RouteId: "{lower:7}" },
    unique: [
      { keys: ["ApiId", "RouteKey"], message: "Route with key {RouteKey} already exists for this API" },
    ],
  },
  [`${prefix}::RouteResponse`]: {
    parents: [api, parent("Route", ["ApiId", "RouteId"])],
    made: { RouteResponseId: "{lower:7}" },
    unique: [
      {
        keys: ["ApiId", "RouteId", "RouteResponseKey"],
        message: "RouteResponse with key {RouteResponseKey} already exists for this Route",
      },
    ],
  },
  [`${prefix}::Stage`]: {
    parents: [api],
    defaults: { AutoDeploy: false, DefaultRouteSettings: { DetailedMetricsEnabled: false } },
    rules: [
      {
        path: "/StageName",
        pattern: /^(\$default|[A-Za-z0-9_-]{1,128})$/,
        message: "Stage name only allows a-zA-Z0-9_- or $default",
      },
    ],
  },
  [`${prefix}::Deployment`]: {
    writeOnly: ["/StageName"],
    parents: [api, { ...parent("Stage", ["ApiId", "StageName"]), onDelete: "keep" }],
    made: { DeploymentId: "{lower:6}" },
    brings: ({ ApiId = "", DeploymentId = "", StageName }) =>
      StageName === undefined
        ? undefined
        : { type: `${prefix}::Stage`, model: { ApiId, StageName, DeploymentId } },
  },
  [`${prefix}::Model`]: {
    parents: [api],
    made: { ModelId: "{lower:6}" },
    unique: [{ keys: ["ApiId", "Name"], message: "Model with name {Name} already exists for this API" }],
  },
  [`${prefix}::Authorizer`]: {
    writeOnly: [
      "/AuthorizerPayloadFormatVersion",
      "/AuthorizerResultTtlInSeconds",
      "/EnableSimpleResponses",
      "/AuthorizerCredentialsArn",
      "/AuthorizerUri",
    ],
    parents: [api],
    made: { AuthorizerId: "{lower:6}" },
    unique: [{ keys: ["ApiId", "Name"], message: "Authorizer with name {Name} already exists for this API" }],
  },
  [`${prefix}::DomainName`]: {
    defaults: { RoutingMode: "API_MAPPING_ONLY" },
    made: {
      DomainNameArn: "arn:aws:apigateway:{region}::/domainnames/{DomainName}",
      RegionalDomainName: "d-{lower:10}.execute-api.{region}.amazonaws.com",
      RegionalHostedZoneId: "Z{upper:13}",
    },
  },
  [`${prefix}::ApiMapping`]: {
    parents: [api, parent("DomainName", ["DomainName"])],
    made: { ApiMappingId: "{lower:6}" },
    listNeeds: ["DomainName"],
  },
  [`${prefix}::VpcLink`]: { made: { VpcLinkId: "{lower:6}" } },
};
