import { randomUUID } from "node:crypto";
import type { Props } from "../../json.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { knownOf } from "../cloud/known.ts";
import { readView } from "../cloud/model.ts";
import { pageOf } from "../cloud/page.ts";
import { Refusal } from "../cloud/refusal.ts";
import type { Resource } from "../cloud/resource.ts";
import { fill } from "../cloud/template.ts";
import { absentTexts } from "../behaviours/api-gateway-v2.ts";
import { type Door, type Incoming, type Reply, shapeOf } from "../doors/door.ts";
import { type Place, placeOf } from "./collections.ts";
import { restShape } from "./shape.ts";

// restJson1 over the same resources as Cloud Control: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/

/** Opens the control plane of API Gateway V2 for paths below `/v2/`; it serves reads. */
export function apiGatewayV2(incoming: Incoming): Door | undefined {
  if (!incoming.path.startsWith("/v2/")) return undefined;
  const place = placeOf(incoming.path);
  return {
    api: `apigatewayv2:${apiName(incoming, place)}`,
    body: Object.fromEntries(incoming.query),
    answer: (cloud) => {
      if (!place || incoming.method !== "GET") {
        throw new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
      }
      return place.name === undefined ? list(cloud, place, incoming.query) : read(cloud, place, place.name);
    },
    refuse: (refusal) =>
      reply(refusal.status, { message: refusal.message }, { "x-amzn-errortype": shapeOf(refusal) }),
    throttled: new Refusal("TooManyRequestsException", "Too Many Requests", 429),
    unsigned: new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token", 403),
  };
}

function apiName({ method, path }: Incoming, place: Place | undefined): string {
  if (!place || method !== "GET") return `${method} ${path}`;
  return `Get${place.collection.noun}${place.name === undefined ? "s" : ""}`;
}

function list(cloud: Cloud, place: Place, query: URLSearchParams): Reply {
  const scope = parentsOf(cloud, place);
  const members = cloud.all(place.collection.type).filter(({ model }) => within(model, scope));
  const size = Number(query.get("maxResults") ?? 100);
  const page =
    Number.isInteger(size) && size > 0
      ? pageOf(members, size, query.get("nextToken") ?? undefined)
      : undefined;
  if (!page) throw new Refusal("BadRequestException", "Invalid maxResults or nextToken", 400);
  return reply(200, {
    items: page.items.map((resource) => item(cloud, place, resource)),
    ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
  });
}

function read(cloud: Cloud, place: Place, name: string): Reply {
  const scope = { ...parentsOf(cloud, place), [place.collection.key]: name };
  return reply(200, item(cloud, place, find(cloud, place.collection.type, scope)));
}

/** The properties that the path above fixes; a parent that is not there is refused. */
function parentsOf(cloud: Cloud, { above }: Place): Props {
  return above.reduce<Props>((scope, { collection, name }) => {
    const wider = { ...scope, [collection.key]: name };
    find(cloud, collection.type, wider);
    return wider;
  }, {});
}

function find(cloud: Cloud, type: string, scope: Props): Resource {
  const found = cloud.all(type).find(({ model }) => within(model, scope));
  if (found) return found;
  const text = absentTexts[type] ?? "Not found";
  throw new Refusal("NotFoundException", fill(text, scope, cloud.settings), 404);
}

const within = (model: Props, scope: Props): boolean =>
  Object.entries(scope).every(([name, value]) => model[name] === value);

/** A member as its service shows it: the parents stand in the path, not in the body. */
function item(cloud: Cloud, { above, collection }: Place, { model, createdAt }: Resource): Props {
  const known = knownOf(cloud.settings, collection.type);
  const parents = new Set(above.map((parent) => parent.collection.key));
  const own = Object.fromEntries(
    Object.entries(readView(known, model)).filter(([name]) => !parents.has(name)),
  );
  const dated = ["Api", "Deployment", "Stage"].includes(collection.noun)
    ? { createdDate: new Date(createdAt).toISOString() }
    : {};
  return { ...restShape(known.facts, own), ...dated };
}

function reply(status: number, body: Props, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json", "x-amz-apigw-id": randomUUID(), ...headers },
    text: JSON.stringify(body),
  };
}
