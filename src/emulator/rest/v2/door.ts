import type { Props } from "../../../json.ts";
import { absentTexts } from "../../behaviours/api-gateway-v2.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { apiKeyOf } from "../../cloud/concurrent-edits.ts";
import { pageOf } from "../../cloud/page.ts";
import type { Resource } from "../../cloud/resource.ts";
import { fill } from "../../cloud/template.ts";
import type { Door, Incoming, Reply } from "../../doors/door.ts";
import { absent, badRequest, bodyOf, nowhere, objectIn, restDoor, restReply } from "../reply.ts";
import { type Place, placeOf } from "./collections.ts";
import { itemOf } from "./item.ts";
import { add, drop, edit } from "./writes.ts";

// The same resources as Cloud Control: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/

/** Opens the control plane of API Gateway V2 for paths below `/v2/`. */
export function apiGatewayV2(incoming: Incoming): Door | undefined {
  if (!incoming.path.startsWith("/v2/")) return undefined;
  const place = placeOf(incoming.path);
  const verb = place && verbs[`${incoming.method} ${place.name === undefined ? "all" : "one"}`];
  const body = bodyOf(incoming);
  const api = place && incoming.method !== "GET" ? apiIn(place) : undefined;
  return restDoor({
    api: `apigatewayv2:${verb ? verb.name(place.collection.noun) : `${incoming.method} ${incoming.path}`}`,
    action: `apigateway:${incoming.method}`,
    body: incoming.method === "GET" ? Object.fromEntries(incoming.query) : body,
    ...(api !== undefined && { edits: apiKeyOf("ApiId", api) }),
    answer: (cloud) => {
      if (!verb) throw nowhere();
      return verb.answer({ cloud, place, query: incoming.query, body });
    },
  });
}

const apiIn = ({ above: [first], collection, name }: Place): string | undefined =>
  first?.name ?? (collection.noun === "Api" ? name : undefined);

interface Call {
  readonly cloud: Cloud;
  readonly place: Place;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Verb {
  readonly name: (noun: string) => string;
  readonly answer: (call: Call) => Reply;
}

/** What a method means on a whole collection and on one of its members. */
const verbs: Readonly<Record<string, Verb>> = {
  "GET all": {
    name: (noun) => `Get${noun}s`,
    answer: ({ cloud, place, query }) => restReply(200, list(cloud, place, query)),
  },
  "GET one": {
    name: (noun) => `Get${noun}`,
    answer: ({ cloud, place }) => restReply(200, itemOf(cloud, place, memberAt(cloud, place))),
  },
  "POST all": {
    name: (noun) => `Create${noun}`,
    answer: ({ cloud, place, body }) => {
      const made = add(cloud, place, modelAbove(cloud, place), objectIn(body));
      return restReply(201, itemOf(cloud, place, made));
    },
  },
  "PATCH one": {
    name: (noun) => `Update${noun}`,
    answer: ({ cloud, place, body }) => {
      const edited = edit(cloud, place, memberAt(cloud, place), objectIn(body));
      return restReply(200, itemOf(cloud, place, edited));
    },
  },
  "DELETE one": {
    name: (noun) => `Delete${noun}`,
    answer: ({ cloud, place }) => {
      drop(cloud, place, memberAt(cloud, place));
      return place.collection.noun === "VpcLink" ? restReply(202, {}) : restReply(204, undefined);
    },
  },
};

function list(cloud: Cloud, place: Place, query: URLSearchParams): Props {
  const scope = modelAbove(cloud, place);
  const members = cloud.all(place.collection.type).filter(({ model }) => isWithin(model, scope));
  const size = Number(query.get("maxResults") ?? 100);
  const page =
    Number.isInteger(size) && size > 0
      ? pageOf(members, size, query.get("nextToken") ?? undefined)
      : undefined;
  if (!page) throw badRequest("Invalid maxResults or nextToken");
  return {
    items: page.items.map((resource) => itemOf(cloud, place, resource)),
    ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
  };
}

function memberAt(cloud: Cloud, place: Place): Resource {
  const { collection, name = "" } = place;
  return find(cloud, collection.type, { ...modelAbove(cloud, place), [collection.key]: name });
}

/** The properties that the path above fixes; a parent that is not there is refused. */
function modelAbove(cloud: Cloud, { above }: Place): Props {
  return above.reduce<Props>((scope, { collection, name }) => {
    const wider = { ...scope, [collection.key]: name };
    find(cloud, collection.type, wider);
    return wider;
  }, {});
}

function find(cloud: Cloud, type: string, scope: Props): Resource {
  const found = cloud.all(type).find(({ model }) => isWithin(model, scope));
  if (found) return found;
  throw absent(fill(absentTexts[type] ?? "Not found", scope, cloud.settings));
}

const isWithin = (model: Props, scope: Props): boolean =>
  Object.entries(scope).every(([name, value]) => model[name] === value);
