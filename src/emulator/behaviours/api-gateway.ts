import { type Json, type Props, isList, isProps } from "../../json.ts";
import { completeMethod, refuseMethod } from "./api-gateway-method.ts";
import {
  absentText,
  hasResource,
  modelInUse,
  absenceOf,
  prefix,
  refuseResource,
  sameApi,
} from "./api-gateway-tree.ts";
import {
  type Around,
  type Behaviours,
  type BroughtAlong,
  type Parent,
  type Rule,
  type Tie,
  changeProperty,
} from "./behaviour.ts";

const restApi: Parent = {
  type: `${prefix}::RestApi`,
  keys: ["RestApiId"],
  missing: absentText("RestApi"),
  onDelete: "cascade",
};

/** The root is no resource of its own, so that nothing needs to be below one: `refuseNew` looks for either. */
const resource: Tie = { type: `${prefix}::Resource`, keys: ["RestApiId", "ResourceId"] };

const isImported = ({ Body, BodyS3Location, CloneFrom }: Props): boolean =>
  [Body, BodyS3Location, CloneFrom].some((source) => source !== undefined);

/** What an imported API consists of is not known here, so that nothing can be missed in it. */
function refuseDeployment(model: Props, around: Around): string | undefined {
  if (sameApi(around, "RestApi", model).every(isImported)) return undefined;
  const methods = sameApi(around, "Method", model);
  if (methods.length === 0) return "The REST API doesn't contain any methods";
  return methods.every((method) => isProps(method["Integration"]))
    ? undefined
    : "No integration defined for method";
}

const stageMembers = [
  "AccessLogSetting",
  "CacheClusterEnabled",
  "CacheClusterSize",
  "CanarySetting",
  "ClientCertificateId",
  "Description",
  "DocumentationVersion",
  "MethodSettings",
  "Tags",
  "TracingEnabled",
  "Variables",
];

/** A deployment to a named stage makes the stage, or moves it. */
function stageOf(model: Props): BroughtAlong | undefined {
  const { RestApiId = "", DeploymentId = "", StageName, StageDescription } = model;
  if (StageName === undefined) return undefined;
  const described = isProps(StageDescription) ? Object.entries(StageDescription) : [];
  const members = Object.fromEntries(described.filter(([name]) => stageMembers.includes(name)));
  return { type: `${prefix}::Stage`, model: { ...members, RestApiId, StageName, DeploymentId } };
}

/** The name of an imported OpenAPI document stands in it. */
function importBody({ Body: body }: Props): Props {
  const title = isProps(body) && isProps(body["info"]) ? body["info"]["title"] : undefined;
  return title === undefined ? {} : { Name: title };
}

/** Only private APIs are dual-stack by themselves. */
const completeEndpoint = (endpoint: Json): Json =>
  isProps(endpoint)
    ? {
        IpAddressType:
          isList(endpoint["Types"]) && endpoint["Types"].includes("PRIVATE") ? "dualstack" : "ipv4",
        ...endpoint,
      }
    : endpoint;

const stageName: Rule = {
  path: "/StageName",
  pattern: /^[A-Za-z0-9_-]{1,128}$/,
  message: "Stage name only allows a-zA-Z0-9_-",
};

/** https://docs.aws.amazon.com/apigateway/latest/api/ */
export const apiGateway: Behaviours = {
  [`${prefix}::RestApi`]: {
    writeOnly: ["/Body", "/BodyS3Location", "/CloneFrom", "/FailOnWarnings", "/Mode", "/Parameters"],
    defaults: (model) => ({
      ...importBody(model),
      ApiKeySourceType: "HEADER",
      DisableExecuteApiEndpoint: false,
      EndpointConfiguration: { Types: ["EDGE"] },
    }),
    made: { RestApiId: "{lower:10}", RootResourceId: "{lower:10}" },
    keep: (model) => changeProperty(model, "EndpointConfiguration", completeEndpoint),
  },
  [`${prefix}::Resource`]: {
    parents: [restApi],
    ties: [{ ...resource, as: { ResourceId: "ParentId" } }],
    made: { ResourceId: "{lower:6}" },
    listNeeds: ["RestApiId"],
    unique: [
      {
        keys: ["RestApiId", "ParentId", "PathPart"],
        message: "Another resource with the same parent already has this name: {PathPart}",
      },
    ],
    refuseNew: refuseResource,
  },
  [`${prefix}::Method`]: {
    handlers: ["create", "read", "update", "delete"],
    parents: [restApi],
    ties: [resource],
    defaults: { ApiKeyRequired: false, AuthorizationType: "NONE" },
    unique: [
      {
        keys: ["RestApiId", "ResourceId", "HttpMethod"],
        message: "Method already exists for this resource",
      },
    ],
    rules: [
      {
        path: "/HttpMethod",
        pattern: /^(GET|PUT|POST|DELETE|PATCH|OPTIONS|HEAD|ANY)$/,
        message: "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
      },
    ],
    refuse: refuseMethod,
    refuseNew: (model, around) =>
      hasResource(around, model, model["ResourceId"]) ? undefined : absenceOf("Resource"),
    keep: completeMethod,
  },
  [`${prefix}::Deployment`]: {
    writeOnly: ["/DeploymentCanarySettings", "/StageDescription", "/StageName"],
    parents: [restApi],
    made: { DeploymentId: "{lower:6}" },
    rules: [stageName],
    refuseNew: refuseDeployment,
    brings: stageOf,
  },
  [`${prefix}::Stage`]: {
    parents: [
      restApi,
      {
        type: `${prefix}::Deployment`,
        keys: ["RestApiId", "DeploymentId"],
        missing: absentText("Deployment"),
        onDelete: { refuse: "Active stages pointing to this deployment must be moved or deleted" },
      },
    ],
    // The stage that a deployment brought about goes with it, if it has not moved on.
    ties: [{ type: `${prefix}::Deployment`, keys: ["RestApiId", "DeploymentId", "StageName"] }],
    defaults: { CacheClusterEnabled: false, TracingEnabled: false },
    unique: [{ keys: ["RestApiId", "StageName"], message: "Stage already exists" }],
    rules: [stageName],
    refuse: ({ DeploymentId: deployment }) =>
      deployment === undefined ? absenceOf("Deployment") : undefined,
  },
  [`${prefix}::Model`]: {
    parents: [restApi],
    defaults: { ContentType: "application/json", Name: "{mixed:21}" },
    unique: [{ keys: ["RestApiId", "Name"], message: "Model name already exists for this REST API" }],
    refuseRemoval: modelInUse,
  },
  [`${prefix}::Authorizer`]: {
    parents: [restApi],
    made: { AuthorizerId: "{lower:6}" },
    unique: [
      {
        keys: ["RestApiId", "Name"],
        message: "Authorizer name must be unique. Authorizer {Name} already exists in this RestApi.",
      },
    ],
  },
  [`${prefix}::RequestValidator`]: {
    parents: [restApi],
    defaults: { ValidateRequestBody: false, ValidateRequestParameters: false },
    made: { RequestValidatorId: "{lower:6}" },
  },
  [`${prefix}::GatewayResponse`]: { parents: [restApi] },
  [`${prefix}::DocumentationPart`]: { parents: [restApi], made: { DocumentationPartId: "{lower:6}" } },
  [`${prefix}::DocumentationVersion`]: { parents: [restApi] },
};
