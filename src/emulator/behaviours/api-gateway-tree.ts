import { type Json, type Props, equal, isProps } from "../../json.ts";
import { type Around, type Objection, plain } from "./behaviour.ts";

// What is said here is recorded of the service, in the snapshots of localstack's tests (tests/aws/services/apigateway).

/** What the names of the types begin with. */
export const prefix = "AWS::ApiGateway";

/** What the control plane says where one of a noun (`Stage` is AWS::ApiGateway::Stage) is not there; templates. */
export const absentText = (noun: string): string => absentTexts[noun] ?? "Not found";

const absentTexts: Readonly<Record<string, string>> = {
  Authorizer: "Invalid Authorizer identifier specified",
  Deployment: "Invalid Deployment identifier specified",
  Method: "Invalid Method identifier specified",
  Model: "Invalid model name specified: {Name}",
  RequestValidator: "Invalid Request Validator identifier specified",
  Resource: "Invalid Resource identifier specified",
  RestApi: "Invalid API identifier specified {account}:{RestApiId}",
  Stage: "Invalid stage identifier specified",
};

/** The models of a noun in the API of this one. */
export const sameApi = (around: Around, noun: string, { RestApiId: api }: Props): Props[] =>
  around(`${prefix}::${noun}`).filter((other) => equal(other["RestApiId"], api));

/** Tells whether an API has a resource of this id; its root counts. */
export function hasResource(around: Around, model: Props, id: Json | undefined): boolean {
  return (
    sameApi(around, "RestApi", model).some(({ RootResourceId: root }) => equal(root, id)) ||
    sameApi(around, "Resource", model).some(({ ResourceId: other }) => equal(other, id))
  );
}

const isVariable = (part: Json | undefined): boolean => plain(part).startsWith("{");

/** Refuses a resource below none, below a greedy one, or beside another variable one. */
export function refuseResource(model: Props, around: Around): Objection | string | undefined {
  const { ParentId: parent, PathPart: part } = model;
  // Without its API the API is what is missing.
  if (sameApi(around, "RestApi", model).length === 0) return undefined;
  if (!hasResource(around, model, parent)) return absenceOf("Resource");
  const inApi = sameApi(around, "Resource", model);
  const above = plain(inApi.find(({ ResourceId: id }) => equal(id, parent))?.["PathPart"]);
  if (above.endsWith("+}"))
    return `Cannot create a child of a resource with a greedy path variable: ${above}`;
  const sibling = inApi.find(
    (other) =>
      equal(other["ParentId"], parent) && isVariable(other["PathPart"]) && !equal(other["PathPart"], part),
  );
  return isVariable(part) && sibling
    ? `A sibling (${plain(sibling["PathPart"])}) of this resource already has a variable path part -- only one is allowed`
    : undefined;
}

/** What is said where something of this noun is missing. */
export const absenceOf = (noun: string): Objection => ({ code: "NotFound", message: absentText(noun) });

/** Refuses to delete a model while a method takes it. */
export function modelInUse(model: Props, around: Around): Objection | undefined {
  const user = sameApi(around, "Method", model).find(
    ({ RequestModels: models }) => isProps(models) && Object.values(models).includes(model["Name"] ?? null),
  );
  if (!user) return undefined;
  const path = pathOf(sameApi(around, "Resource", model), user["ResourceId"]) || "/";
  const place = `${path}/${plain(user["HttpMethod"])}`;
  return {
    code: "ResourceConflict",
    message: `Cannot delete model '${plain(model["Name"])}', is referenced in method request: ${place}`,
  };
}

/** The path of a resource, empty for the root. */
function pathOf(resources: readonly Props[], id: Json | undefined): string {
  const found = resources.find((resource) => equal(resource["ResourceId"], id));
  return found ? `${pathOf(resources, found["ParentId"])}/${plain(found["PathPart"])}` : "";
}
