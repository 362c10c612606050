import { type Json, type Props, child, isProps, segmentsOf } from "../json.ts";
import type { Facts, Members, Shape } from "./facts.ts";
import { listIn, propsIn, resolve, textsIn } from "./schema-spots.ts";

/** Reads the members of a type and of the objects nested in it; objects without a name are called by their path. */
export function shapesOf(document: Props): Required<Pick<Facts, "members" | "definitions">> {
  const definitions: Record<string, Members> = {};
  const scribe: Scribe = { document, definitions };
  return { members: membersOf(scribe, document, ""), definitions };
}

/** Writes the nested objects of a schema down as named definitions while their shapes are read. */
interface Scribe {
  readonly document: Props;
  readonly definitions: Record<string, Members>;
}

function membersOf(scribe: Scribe, node: Props, name: string): Members {
  const alternatives = ["allOf", "oneOf", "anyOf"].flatMap((word) => listIn(node[word]));
  const nodes = [node, ...alternatives.map((inner) => resolve(scribe.document, inner, [])?.node ?? {})];
  const properties = nodes.flatMap((inner) => Object.entries(propsIn(inner["properties"])));
  const shapes = properties.map(([member, inner]): [string, Shape] => [
    member,
    shapeOf(scribe, inner, { name: name === "" ? member : `${name}.${member}`, trail: [] }),
  ]);
  // What every object must have: alternatives of oneOf and anyOf ask it only where they hold.
  const certain = [
    node,
    ...listIn(node["allOf"]).map((inner) => resolve(scribe.document, inner, [])?.node ?? {}),
  ];
  const required = [...new Set(certain.flatMap((inner) => textsIn(inner["required"])))];
  return { properties: Object.fromEntries(shapes), ...(required.length > 0 && { required }) };
}

/** What an object written in place would be called, and the definitions passed on the way. */
interface ShapeNames {
  readonly name: string;
  readonly trail: readonly string[];
}

function shapeOf(scribe: Scribe, given: Json | undefined, naming: ShapeNames): Shape {
  const ref = isProps(given) ? given["$ref"] : undefined;
  const entered = resolve(scribe.document, given, naming.trail);
  if (!entered) return "any";
  const last = typeof ref === "string" ? segmentsOf(entered.trail.at(-1) ?? "").at(-1) : undefined;
  const inner: ShapeNames = { name: last ?? naming.name, trail: entered.trail };
  const { node } = entered;
  const variants = [...listIn(node["oneOf"]), ...listIn(node["anyOf"])];
  if (isProps(node["properties"]) || variants.some((variant) => isProps(child(variant, "properties")))) {
    return nameShape(scribe, node, inner.name);
  }
  if (node["type"] === undefined && variants.length > 0) {
    return {
      oneOf: variants.map((variant, i) => shapeOf(scribe, variant, { ...inner, name: `${inner.name}.${i}` })),
    };
  }
  return plainShape(scribe, node, inner);
}

function nameShape(scribe: Scribe, node: Props, name: string): Shape {
  if (!Object.hasOwn(scribe.definitions, name)) {
    scribe.definitions[name] = { properties: {} }; // known before its members, which may lead back to it
    scribe.definitions[name] = membersOf(scribe, node, name);
  }
  return { ref: name };
}

function plainShape(scribe: Scribe, node: Props, naming: ShapeNames): Shape {
  const types = [node["type"] ?? []].flat();
  if (types.length > 1) return types.includes("object") ? "json" : { oneOf: types.map(scalarShape) };
  const [type] = types;
  const values = [...Object.values(propsIn(node["patternProperties"])), node["additionalProperties"]].filter(
    isProps,
  );
  if (type === "array")
    return { list: shapeOf(scribe, node["items"], { ...naming, name: `${naming.name}.*` }) };
  if (values[0] !== undefined)
    return { map: shapeOf(scribe, values[0], { ...naming, name: `${naming.name}.*` }) };
  return type === "object" ? "json" : scalarShape(type);
}

function scalarShape(type: Json | undefined): Shape {
  return type === "string" || type === "boolean" || type === "integer" || type === "number" ? type : "any";
}
