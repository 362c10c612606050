import type { Props } from "../../../json.ts";
import type { KnownType } from "../../cloud/known-type.ts";
import { create, update } from "../../cloud/lifecycle.ts";
import { pageOf } from "../../cloud/page.ts";
import { remove } from "../../cloud/removal.ts";
import type { Resource } from "../../cloud/resource.ts";
import { validate } from "../../cloud/validate.ts";
import { badRequest, checkAsRest, doneOf, objectIn } from "../reply.ts";
import { type Call, type Row, requireIn, inApi, knownAs, typeOf } from "./call.ts";
import { patchModel } from "./patch.ts";
import { itemOf, modelOf, namesOf, withDocuments } from "./shape.ts";

const api = "/restapis/{RestApiId}";

/** The five operations on a collection below an API. `key` names a member in the path. */
export function memberRows(noun: string, key: string): Row[] {
  const all = `${api}/${noun.toLowerCase()}s`;
  const one = `${all}/{${key}}`;
  return [
    { method: "GET", path: all, api: `Get${noun}s`, status: 200, answer: (call) => list(call, noun) },
    { method: "POST", path: all, api: `Create${noun}`, status: 201, answer: (call) => add(call, noun) },
    ...oneRows(noun, one, [key]),
  ];
}

/** The operations on the APIs themselves. */
export const apiRows: readonly Row[] = [
  { method: "GET", path: "/restapis", api: "GetRestApis", status: 200, answer: listApis },
  { method: "POST", path: "/restapis", api: "CreateRestApi", status: 201, answer: createApi },
  ...oneRows("RestApi", api, []),
];

/** Reading, changing and deleting one of a noun. */
export function oneRows(noun: string, path: string, keys: readonly string[]): Row[] {
  return [
    {
      method: "GET",
      path,
      api: `Get${noun}`,
      status: 200,
      answer: (call) => itemOf(knownAs(call, noun), noun, requireIn(call, noun, keys)),
    },
    {
      method: "PATCH",
      path,
      api: `Update${noun}`,
      status: 200,
      answer: (call) => itemOf(knownAs(call, noun), noun, edit(call, noun, requireIn(call, noun, keys))),
    },
    {
      method: "DELETE",
      path,
      api: `Delete${noun}`,
      status: noun === "Method" ? 204 : 202,
      answer: (call) => {
        doneOf(remove(call.cloud, knownAs(call, noun), requireIn(call, noun, keys).identifier));
        return undefined;
      },
    },
  ];
}

/** Creates a resource as its own service does, the schema checked first. */
export function make(call: Call, noun: string, desired: Props): Resource {
  const known = knownAs(call, noun);
  checkAsRest(() => validate(known, desired));
  return doneOf(create(call.cloud, known, desired));
}

/** Applies the patch that the body holds, unless `check` throws at what would come of it. */
export function edit(
  call: Call,
  noun: string,
  current: Resource,
  check?: (desired: Props) => void,
): Resource {
  const known = knownAs(call, noun);
  const subject = { facts: known.facts, names: namesOf(noun), closed: closedOf(known, noun) };
  const desired = withDocuments(patchModel(subject, `Update${noun}`, current.model, objectIn(call.body)));
  check?.(desired);
  return doneOf(update(call.cloud, known, current.identifier, desired));
}

/** Cloud Control cannot move a resource of a path, its own service can. */
const closedOf = ({ identity, createOnly }: KnownType, noun: string): string[] =>
  [...identity, ...(noun === "Resource" ? [] : createOnly)].map((pointer) => pointer.slice(1));

/** Shows a page of resources: 25 unless told, `position` is the token of the next. */
export function showPage(call: Call, items: readonly Props[]): Props {
  const size = Number(call.query.get("limit") ?? 25);
  const isSize = Number.isInteger(size) && size > 0 && size <= 500;
  const page = isSize ? pageOf(items, size, call.query.get("position") ?? undefined) : undefined;
  if (!page) throw badRequest("Invalid limit or position parameter");
  return { item: page.items, ...(page.nextToken !== undefined && { position: page.nextToken }) };
}

function list(call: Call, noun: string): Props {
  requireIn(call, "RestApi", []);
  const known = knownAs(call, noun);
  const items = inApi(call, noun).map((resource) => itemOf(known, noun, resource));
  if (noun !== "Stage") return showPage(call, items);
  const deployment = call.query.get("deploymentId");
  return { item: items.filter((stage) => deployment === null || stage["deploymentId"] === deployment) };
}

function add(call: Call, noun: string): Props {
  const known = knownAs(call, noun);
  const body = noun === "Deployment" ? deploymentBody(objectIn(call.body)) : objectIn(call.body);
  const made = make(call, noun, { ...modelOf(known, noun, body), ...call.names });
  if (noun !== "Deployment") return itemOf(known, noun, made);
  // The stage that a deployment went to is a property of the request alone.
  const { StageName: _, StageDescription: __, ...model } = made.model;
  call.cloud.place({ ...made, model });
  return itemOf(known, noun, made);
}

/** CreateDeployment says of the stage flatly what the type holds in an object. */
function deploymentBody(body: Props): Props {
  const { stageName, stageDescription: text, description, canarySettings: _, ...stage } = body;
  return {
    ...(description !== undefined && { description }),
    ...(stageName !== undefined && {
      stageName,
      stageDescription: { ...stage, ...(text !== undefined && { description: text }) },
    }),
  };
}

function listApis(call: Call): Props {
  const known = knownAs(call, "RestApi");
  const apis = call.cloud.all(typeOf("RestApi"));
  return showPage(
    call,
    apis.map((resource) => itemOf(known, "RestApi", resource)),
  );
}

function createApi(call: Call): Props {
  const known = knownAs(call, "RestApi");
  const body = objectIn(call.body);
  if (body["name"] === undefined) throw badRequest("Invalid request input: name is required");
  return itemOf(known, "RestApi", make(call, "RestApi", modelOf(known, "RestApi", body)));
}
