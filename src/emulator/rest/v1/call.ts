import type { Props } from "../../../json.ts";
import { absentText } from "../../behaviours/api-gateway-tree.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type KnownType, knownOf } from "../../cloud/known-type.ts";
import type { Resource } from "../../cloud/resource.ts";
import { fill } from "../../cloud/template.ts";
import { absent } from "../reply.ts";

/** One call as an operation sees it. */
export interface Call {
  readonly cloud: Cloud;
  /** What the path names, by property: `{ RestApiId, ResourceId, HttpMethod, StatusCode }`. */
  readonly names: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One operation: the path that calls it, and what it answers. */
export interface Row {
  readonly method: string;
  /** With a property name for every part that is free, e.g. `/restapis/{RestApiId}`. */
  readonly path: string;
  readonly api: string;
  readonly status: number;
  readonly answer: (call: Call) => Props | undefined;
}

/** The type of a noun: `Stage` is AWS::ApiGateway::Stage. */
export const typeOf = (noun: string): string => `AWS::ApiGateway::${noun}`;

/** What is known of a noun's type. */
export const knownAs = ({ cloud }: Call, noun: string): KnownType => knownOf(cloud.settings, typeOf(noun));

/** All of a noun in the API that the path names. */
export const inApi = ({ cloud, names }: Call, noun: string): Resource[] =>
  cloud.all(typeOf(noun)).filter(({ model }) => model["RestApiId"] === names["RestApiId"]);

/** The resource that the path names by these properties beside its API. */
export const findIn = (call: Call, noun: string, keys: readonly string[]): Resource | undefined =>
  inApi(call, noun).find(({ model }) => keys.every((key) => model[key] === call.names[key]));

/** The same, or the service's word for its absence. */
export function requireIn(call: Call, noun: string, keys: readonly string[]): Resource {
  const resource = findIn(call, noun, keys);
  if (resource) return resource;
  throw absent(fill(absentText(noun), call.names, call.cloud.settings));
}
