/** One collection of the REST control plane: where it hangs, what it holds. */
export interface Collection {
  /** The path segment, e.g. `integrationresponses`. */
  readonly segment: string;
  readonly type: string;
  /** The property that names a member in the path. */
  readonly key: string;
  /** The operations' noun: `GetApi` reads one, `GetApis` lists. */
  readonly noun: string;
  readonly children: readonly Collection[];
}

function collection(noun: string, children: readonly Collection[] = [], key = `${noun}Id`): Collection {
  return { segment: `${noun.toLowerCase()}s`, type: `AWS::ApiGatewayV2::${noun}`, key, noun, children };
}

/** The paths below `/v2` (https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/). */
export const collections: readonly Collection[] = [
  collection("Api", [
    collection("Authorizer"),
    collection("Deployment"),
    collection("Integration", [collection("IntegrationResponse")]),
    collection("Model"),
    collection("Route", [collection("RouteResponse")]),
    collection("Stage", [], "StageName"),
  ]),
  collection("VpcLink"),
];

/** A path that names something: a collection, and one of its members unless the whole of it is meant. */
export interface Place {
  readonly collection: Collection;
  /** The parents' names and types, outermost first. */
  readonly above: readonly { readonly collection: Collection; readonly name: string }[];
  readonly name?: string;
}

/** Finds what a path below `/v2` names; undefined if there is no such collection. */
export function placeOf(path: string): Place | undefined {
  const segments = path.split("/").filter(Boolean).map(decodeURIComponent);
  if (segments.shift() !== "v2") return undefined;
  return walk(segments, collections, []);
}

function walk(
  [segment, name, ...rest]: readonly string[],
  among: readonly Collection[],
  above: Place["above"],
): Place | undefined {
  const found = among.find((one) => one.segment === segment);
  if (!found) return undefined;
  if (name === undefined) return { collection: found, above };
  if (rest.length === 0) return { collection: found, above, name };
  return walk(rest, found.children, [...above, { collection: found, name }]);
}
