import { type Json, type Props, isList, isProps } from "../../../json.ts";
import { changeProperty, plain } from "../../behaviours/behaviour.ts";
import type { KnownType } from "../../cloud/known-type.ts";
import type { Resource } from "../../cloud/resource.ts";
import { type Names, modelShape, restShape } from "../shape.ts";

const nouns: Readonly<Record<string, Names>> = {
  Authorizer: { AuthorizerId: "id" },
  Deployment: { DeploymentId: "id" },
  Method: { Integration: "methodIntegration", IntegrationHttpMethod: "httpMethod" },
  RequestValidator: { RequestValidatorId: "id" },
  Resource: { ResourceId: "id" },
  RestApi: { RestApiId: "id", ApiKeySourceType: "apiKeySource" },
  Stage: { AccessLogSetting: "accessLogSettings", CanarySetting: "canarySettings" },
};

/** What the REST API calls the properties of a noun, where it has names of its own. */
export const namesOf = (noun: string): Names => nouns[noun] ?? {};

/** A resource as the REST API shows it: its API stands in the path, instants are epoch seconds. */
export function itemOf(known: KnownType, noun: string, { model, createdAt }: Resource): Props {
  const hidden = new Set(known.writeOnly.map((pointer) => pointer.slice(1)));
  if (noun !== "RestApi") hidden.add("RestApiId");
  if (noun === "Method") hidden.add("ResourceId");
  const shown = Object.fromEntries(Object.entries(model).filter(([name]) => !hidden.has(name)));
  const at = createdAt / 1000;
  return {
    ...restShape(known.facts, toRest(noun, shown), namesOf(noun)),
    ...(["RestApi", "Deployment", "Stage"].includes(noun) && { createdDate: at }),
    ...(noun === "Stage" && { lastUpdatedDate: at }),
  };
}

/** Reads what the REST API was sent as properties of a noun. */
export function modelOf(known: KnownType, noun: string, body: Props): Props {
  return withDocuments(modelShape(known.facts, changeProperty(body, "tags", tagList), namesOf(noun)));
}

/** The model with its documents as objects, which come as text. */
export const withDocuments = (model: Props): Props =>
  changeProperty(changeProperty(model, "Policy", parseDocument), "Schema", parseDocument);

/** An integration as the REST API shows it. */
export const integrationItem = ({ facts }: KnownType, integration: Props): Props =>
  restShape(
    { ...facts, ...membersOf(facts.definitions?.["Integration"]) },
    changeProperty(integration, "IntegrationResponses", byStatus),
    namesOf("Method"),
  );

const membersOf = <T>(members: T | undefined): { readonly members?: T } => (members ? { members } : {});

/** A response of a method or an integration as the REST API shows it. */
export const responseItem = (noun: string, response: Props): Props =>
  lowerNames(noun === "MethodResponse" ? withFlags(response) : response);

/** What a method response says of its parameters are flags. */
const withFlags = (response: Props): Props => changeProperty(response, "ResponseParameters", flags);

function toRest(noun: string, model: Props): Props {
  switch (noun) {
    case "Method":
      return changeProperty(
        changeProperty(changeProperty(model, "RequestParameters", flags), "MethodResponses", (responses) =>
          byStatus(propsIn(responses).map(withFlags)),
        ),
        "Integration",
        (integration) =>
          isProps(integration) ? changeProperty(integration, "IntegrationResponses", byStatus) : integration,
      );
    case "Stage":
      return changeProperty(changeProperty(model, "MethodSettings", settingsMap), "Tags", tagMap);
    case "RestApi":
      return changeProperty(changeProperty(model, "Policy", asText), "Tags", tagMap);
    case "Model":
      return changeProperty(model, "Schema", asText);
    default:
      return model;
  }
}

const propsIn = (value: Json): Props[] => (isList(value) ? value.filter(isProps) : []);

const lowerNames = (value: Props): Props =>
  Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), item]),
  );

/** Responses stand in a map by status. */
const byStatus = (responses: Json): Json =>
  Object.fromEntries(
    propsIn(responses).map((response) => [plain(response["StatusCode"]), lowerNames(response)]),
  );

/** Cloud Control takes flags as text too. */
const flags = (parameters: Json): Json =>
  isProps(parameters)
    ? Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          name,
          value === "true" || value === "false" ? value === "true" : value,
        ]),
      )
    : parameters;

const tagMap = (tags: Json): Json =>
  Object.fromEntries(propsIn(tags).map(({ Key, Value = "" }) => [plain(Key), Value]));

const tagList = (tags: Json): Json =>
  isProps(tags) ? Object.entries(tags).map(([Key, Value]) => ({ key: Key, value: Value })) : tags;

/** Settings are named by path and method, `~1pets/GET`; `*` stands for all. */
const settingsMap = (settings: Json): Json =>
  Object.fromEntries(
    propsIn(settings).map(({ ResourcePath, HttpMethod, ...values }) => {
      const path = plain(ResourcePath ?? "/*");
      const place = path === "/*" ? "*" : path.replaceAll("/", "~1");
      return [`${place}/${plain(HttpMethod ?? "*")}`, lowerNames(values)];
    }),
  );

const asText = (document: Json): Json => (isProps(document) ? JSON.stringify(document) : document);

function parseDocument(text: Json): Json {
  try {
    const value: unknown = JSON.parse(plain(text));
    return isProps(value) ? value : text;
  } catch {
    return text;
  }
}
