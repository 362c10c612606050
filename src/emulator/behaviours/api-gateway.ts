import { type Json, type Props, isList, isProps } from "../../json.ts";
import { type Behaviours, type Parent, changed } from "./behaviour.ts";

const restApi: Parent = {
  type: "AWS::ApiGateway::RestApi",
  keys: ["RestApiId"],
  missing: "Invalid API identifier specified {account}:{RestApiId}",
  onDelete: "cascade",
};

const itemsIn = (value: Json | undefined): Props[] => (isList(value) ? value.filter(isProps) : []);

/** The rules of the per-status writes that the method's handler makes. */
function methodRefused({
  Integration: integration,
  MethodResponses: methodResponses,
}: Props): string | undefined {
  const responses = isProps(integration) ? itemsIn(integration["IntegrationResponses"]) : [];
  const declared = new Set(itemsIn(methodResponses).map((response) => response["StatusCode"]));
  if (responses.some((response) => !declared.has(response["StatusCode"] ?? null))) {
    return "Invalid Response status code specified";
  }
  const patterns = responses.map((response) => response["SelectionPattern"] ?? "");
  if (patterns.filter((pattern) => pattern === "").length > 1) {
    return "Integration response with selection pattern default already exists";
  }
  return new Set(patterns).size < patterns.length
    ? "Integration response with the same selection pattern already exists"
    : undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/ */
export const apiGateway: Behaviours = {
  "AWS::ApiGateway::RestApi": {
    writeOnly: ["/Body", "/BodyS3Location", "/CloneFrom", "/FailOnWarnings", "/Mode", "/Parameters"],
    defaults: {
      ApiKeySourceType: "HEADER",
      DisableExecuteApiEndpoint: false,
      EndpointConfiguration: { Types: ["EDGE"], IpAddressType: "ipv4" },
    },
    made: { RestApiId: "{lower:10}", RootResourceId: "{lower:10}" },
  },
  "AWS::ApiGateway::Resource": {
    parents: [restApi],
    made: { ResourceId: "{lower:6}" },
    listNeeds: ["RestApiId"],
    unique: [
      {
        keys: ["RestApiId", "ParentId", "PathPart"],
        message: "Another resource with the same parent already has this name: {PathPart}",
      },
    ],
  },
  "AWS::ApiGateway::Method": {
    handlers: ["create", "read", "update", "delete"],
    parents: [restApi],
    defaults: { ApiKeyRequired: false, AuthorizationType: "NONE" },
    refuse: methodRefused,
    keep: (model) =>
      changed(model, "Integration", (integration) =>
        isProps(integration)
          ? {
              CacheKeyParameters: [],
              CacheNamespace: model["ResourceId"] ?? "",
              PassthroughBehavior: "WHEN_NO_MATCH",
              TimeoutInMillis: 29_000,
              ...integration,
            }
          : integration,
      ),
  },
};
