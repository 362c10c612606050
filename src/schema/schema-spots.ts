import {
  type Json,
  type Pointer,
  type Props,
  child,
  isList,
  isProps,
  pointerOf,
  segmentsOf,
} from "../json.ts";

/** One place in the models that a schema describes, and one node that describes it. */
export interface Spot {
  readonly pointer: Pointer;
  readonly node: Props;
  /** The definitions followed to come here, outermost first. */
  readonly trail: readonly string[];
  /** The node holds in any case; false inside oneOf and anyOf. */
  readonly certain: boolean;
}

/** Lists every place that a registry schema describes, the model itself first. */
export function spotsOf(document: Props): Spot[] {
  const found: Spot[] = [];
  const visit = (given: Json | undefined, at: Omit<Spot, "node">): void => {
    const entered = resolve(document, given, at.trail);
    if (!entered) return;
    const { node } = entered;
    const here = { ...at, trail: entered.trail };
    found.push({ ...here, node });
    for (const [segment, inner] of childrenOf(node)) {
      visit(inner, { ...here, pointer: here.pointer + pointerOf([segment]) });
    }
    for (const inner of listIn(node["allOf"])) visit(inner, here);
    for (const inner of [...listIn(node["oneOf"]), ...listIn(node["anyOf"])])
      visit(inner, { ...here, certain: false });
  };
  visit(document, { pointer: "", trail: [], certain: true });
  return found;
}

function childrenOf(node: Props): (readonly [string, Json])[] {
  const unnamed = [
    node["items"],
    node["additionalProperties"],
    ...Object.values(propsIn(node["patternProperties"])),
  ];
  return [
    ...Object.entries(propsIn(node["properties"])),
    ...unnamed.filter(isProps).map((inner): [string, Json] => ["*", inner]),
  ];
}

/**
 * How often a definition is entered on one way down: a recursive type has no end of places, and facts list them. Three
 * times, as AWS::WAFv2::WebACL is nested by its users: a statement that negates one of several.
 */
const depth = 3;

/** Follows `$ref` to the node it names; undefined where there is none or the trail has been there too often. */
export function resolve(
  document: Props,
  given: Json | undefined,
  trail: readonly string[],
): Pick<Spot, "node" | "trail"> | undefined {
  if (!isProps(given)) return undefined;
  const ref = given["$ref"];
  if (typeof ref !== "string") return { node: given, trail };
  if (trail.filter((entered) => entered === ref).length === depth || !ref.startsWith("#/")) return undefined;
  return resolve(document, segmentsOf(ref.slice(1)).reduce(child, document), [...trail, ref]);
}

/** The object here, or an empty one. */
export const propsIn: (value: Json | undefined) => Props = (value) => (isProps(value) ? value : {});
/** The list here, or an empty one. */
export const listIn: (value: Json | undefined) => readonly Json[] = (value) => (isList(value) ? value : []);
/** The strings in the list here. */
export const textsIn: (value: Json | undefined) => string[] = (value) =>
  listIn(value).filter((item) => typeof item === "string");
