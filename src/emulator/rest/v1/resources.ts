import type { Json, Props } from "../../../json.ts";
import { plain } from "../../behaviours/behaviour.ts";
import type { Resource } from "../../cloud/resource.ts";
import { badRequest, objectIn } from "../reply.ts";
import { type Call, type Row, requireIn, inApi, knownAs, findIn } from "./call.ts";
import { edit, make, oneRows, showPage } from "./members.ts";
import { itemOf, modelOf } from "./shape.ts";

const all = "/restapis/{RestApiId}/resources";
const one = `${all}/{ResourceId}`;

/** The operations on the resources of an API. Its root is one of them here, though not for Cloud Control. */
export const resourceRows: readonly Row[] = [
  { method: "GET", path: all, api: "GetResources", status: 200, answer: list },
  {
    method: "POST",
    path: one,
    api: "CreateResource",
    status: 201,
    answer: (call) => {
      const { ResourceId: parent = "", ...names } = call.names;
      const model = modelOf(knownAs(call, "Resource"), "Resource", objectIn(call.body));
      return showResource(call, make(call, "Resource", { ...model, ...names, ParentId: parent }));
    },
  },
  { method: "GET", path: one, api: "GetResource", status: 200, answer: read },
  {
    method: "PATCH",
    path: one,
    api: "UpdateResource",
    status: 200,
    answer: (call) => {
      const current = requireIn(call, "Resource", ["ResourceId"]);
      return showResource(
        call,
        edit(call, "Resource", current, (desired) => requireParent(call, desired)),
      );
    },
  },
  ...oneRows("Resource", one, ["ResourceId"]).filter(({ method }) => method === "DELETE"),
];

/** Refuses to move a resource below nothing, or below itself. */
function requireParent(call: Call, moved: Props): void {
  const root = findIn(call, "RestApi", [])?.model["RootResourceId"];
  let parent = moved["ParentId"];
  while (parent !== root) {
    if (parent === moved["ResourceId"]) throw badRequest("Resources cannot be cyclical.");
    const names = { ...call.names, ResourceId: plain(parent) };
    parent = requireIn({ ...call, names }, "Resource", ["ResourceId"]).model["ParentId"];
  }
}

function list(call: Call): Props {
  const api = requireIn(call, "RestApi", []);
  const below = inApi(call, "Resource").map((resource) => showResource(call, resource));
  const items = [rootOf(call, api), ...below];
  return showPage(
    call,
    items.toSorted((a, b) => (plain(a["path"]) < plain(b["path"]) ? -1 : 1)),
  );
}

function read(call: Call): Props {
  const api = findIn(call, "RestApi", []);
  const isRoot = api?.model["RootResourceId"] === call.names["ResourceId"];
  return api && isRoot ? rootOf(call, api) : showResource(call, requireIn(call, "Resource", ["ResourceId"]));
}

const rootOf = (call: Call, { model }: Resource): Props => ({
  id: model["RootResourceId"] ?? "",
  path: "/",
  ...methodsOf(call, model["RootResourceId"]),
});

const showResource = (call: Call, resource: Resource): Props => ({
  ...itemOf(knownAs(call, "Resource"), "Resource", resource),
  path: pathOf(call, resource),
  ...methodsOf(call, resource.model["ResourceId"]),
});

function pathOf(call: Call, { model }: Resource): string {
  const parent = inApi(call, "Resource").find((other) => other.model["ResourceId"] === model["ParentId"]);
  return `${parent ? pathOf(call, parent) : ""}/${plain(model["PathPart"])}`;
}

/** The methods of a resource by name, empty unless `embed=methods` asks for them. */
function methodsOf(call: Call, resource: Json | undefined): Props {
  const known = knownAs(call, "Method");
  const methods = inApi(call, "Method").filter(({ model }) => model["ResourceId"] === resource);
  if (methods.length === 0) return {};
  const isEmbedded = call.query.getAll("embed").includes("methods");
  const entries = methods.map((method) => [
    plain(method.model["HttpMethod"]),
    isEmbedded ? itemOf(known, "Method", method) : {},
  ]);
  return { resourceMethods: Object.fromEntries(entries) };
}
