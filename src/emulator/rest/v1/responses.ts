import { type Json, type Props, isList, isProps } from "../../../json.ts";
import { Refusal } from "../../cloud/refusal.ts";
import type { Resource } from "../../cloud/resource.ts";
import { absent, inTheWay, objectIn } from "../reply.ts";
import { modelShape } from "../shape.ts";
import { type Call, type Row, findIn } from "./call.ts";
import {
  forceMethod,
  integrationOf,
  methodAt,
  methodPath,
  noIntegration,
  partFacts,
  saveMethod,
} from "./method-at.ts";
import { patchModel } from "./patch.ts";
import { responseItem } from "./shape.ts";

/** Where responses of one kind live in a method. */
interface Kind {
  readonly noun: "MethodResponse" | "IntegrationResponse";
  readonly path: string;
  /** UpdateMethodResponse alone answers 201. */
  readonly updated: number;
  readonly owner: (call: Call) => Resource;
  readonly list: (method: Resource) => Json | undefined;
  readonly save: Keep;
  /** Keeps what is left when one was deleted. */
  readonly drop: Keep;
}

type Keep = (call: Call, method: Resource, responses: readonly Props[]) => void;

const saveInIntegration: Keep = (call, method, responses) => {
  const { IntegrationResponses: _, ...integration } = integrationOf(method);
  const list = listOf(responses);
  saveMethod(call, method, { Integration: { ...integration, ...(list && { IntegrationResponses: list }) } });
};

const ofMethod: Kind = {
  noun: "MethodResponse",
  path: `${methodPath}/responses/{StatusCode}`,
  updated: 201,
  owner: methodAt,
  list: ({ model }) => model["MethodResponses"],
  save: (call, method, responses) => {
    saveMethod(call, method, { MethodResponses: listOf(responses) });
  },
  drop: (call, method, responses) => {
    forceMethod(call, method, { MethodResponses: listOf(responses) });
  },
};

const ofIntegration: Kind = {
  noun: "IntegrationResponse",
  path: `${methodPath}/integration/responses/{StatusCode}`,
  updated: 200,
  owner: (call) => {
    // Recorded of the service: without the method it is the integration that is missing, if the resource is there.
    const isMethod = findIn(call, "Method", ["ResourceId", "HttpMethod"]) !== undefined;
    const isResource = findIn(call, "Resource", ["ResourceId"]) !== undefined;
    if (!isMethod && isResource) throw noIntegration();
    return methodAt(call);
  },
  list: (method) => integrationOf(method)["IntegrationResponses"],
  save: saveInIntegration,
  drop: saveInIntegration,
};

/** The operations on the responses of methods and of integrations, each named by its status. */
export const responseRows: readonly Row[] = [ofMethod, ofIntegration].flatMap((kind) => {
  const { noun, path } = kind;
  return [
    { method: "PUT", path, api: `Put${noun}`, status: 201, answer: (call: Call) => put(kind, call) },
    { method: "GET", path, api: `Get${noun}`, status: 200, answer: (call: Call) => read(kind, call) },
    {
      method: "PATCH",
      path,
      api: `Update${noun}`,
      status: kind.updated,
      answer: (call: Call) => edit(kind, call),
    },
    { method: "DELETE", path, api: `Delete${noun}`, status: 204, answer: (call: Call) => drop(kind, call) },
  ];
});

const listOf = (responses: readonly Props[]): readonly Props[] | undefined =>
  responses.length === 0 ? undefined : responses;

interface Place {
  readonly method: Resource;
  readonly status: string;
  readonly others: readonly Props[];
  readonly current: Props | undefined;
}

function placeOf(kind: Kind, call: Call): Place {
  const { StatusCode: status = "" } = call.names;
  if (!/^[1-5]\d\d$/.test(status)) throw noStatus(status);
  const method = kind.owner(call);
  const list = kind.list(method);
  const responses = isList(list) ? list.filter(isProps) : [];
  const isThis = (response: Props): boolean => response["StatusCode"] === status;
  const others = responses.filter((response) => !isThis(response));
  return { method, status, others, current: responses.find(isThis) };
}

const noStatus = (status: string): Refusal =>
  new Refusal(
    "ValidationException",
    `1 validation error detected: Value '${status}' at 'statusCode' failed to satisfy constraint: ` +
      "Member must satisfy regular expression pattern: [1-5]\\d\\d",
  );

function there({ current }: Place): Props {
  if (current) return current;
  throw absent("Invalid Response status code specified");
}

/** An integration response may be put again, a method response may not. */
function put(kind: Kind, call: Call): Props {
  const place = placeOf(kind, call);
  if (kind.noun === "MethodResponse" && place.current) {
    throw inTheWay("Response already exists for this resource");
  }
  const body = modelShape(partFacts(call, kind.noun), objectIn(call.body));
  return writeResponse(kind, call, { ...body, StatusCode: place.status });
}

const read = (kind: Kind, call: Call): Props => responseItem(kind.noun, there(placeOf(kind, call)));

function edit(kind: Kind, call: Call): Props {
  const subject = { facts: partFacts(call, kind.noun), names: {}, closed: ["StatusCode"] };
  const current = there(placeOf(kind, call));
  return writeResponse(kind, call, patchModel(subject, `Update${kind.noun}`, current, objectIn(call.body)));
}

function writeResponse(kind: Kind, call: Call, response: Props): Props {
  const { method, others } = placeOf(kind, call);
  kind.save(call, method, [...others, response]);
  return responseItem(kind.noun, response);
}

function drop(kind: Kind, call: Call): undefined {
  const place = placeOf(kind, call);
  there(place);
  kind.drop(call, place.method, place.others);
}
