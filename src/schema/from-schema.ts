import { ResourceError } from "../errors.ts";
import { type Pointer, type Props, isList, isProps, pointerOf, segmentsOf } from "../json.ts";
import type { Facts, Reference } from "./facts.ts";
import { limitsIn } from "./limits.ts";
import { shapesOf } from "./schema-shapes.ts";
import { type Spot, listIn, propsIn, spotsOf, textsIn } from "./schema-spots.ts";

/**
 * Reads a CloudFormation registry schema (the parsed `Schema` of DescribeType) as facts. What the document leaves
 * out is empty, except handlers and tags, which are then unknown. Malformed pointers are set right.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export function factsFromSchema(registrySchema: unknown): Facts {
  if (!isProps(registrySchema) || !isProps(registrySchema["properties"])) {
    throw new ResourceError("VALIDATION", "this is no registry schema: it has no properties");
  }
  const document = registrySchema;
  const spots = spotsOf(document);
  const pointers = (name: string): Pointer[] => {
    const found = textsIn(document[name]).flatMap((pointer) => rightPointers(document, spots, pointer));
    return [...new Set(found)];
  };
  return {
    ...identityOf(document),
    ...handlersOf(document),
    ...tagsOf(document, spots),
    primaryIdentifier: pointers("primaryIdentifier"),
    readOnly: pointers("readOnlyProperties"),
    writeOnly: pointers("writeOnlyProperties"),
    createOnly: pointers("createOnlyProperties"),
    conditionalCreateOnly: pointers("conditionalCreateOnlyProperties"),
    deprecated: pointers("deprecatedProperties"),
    additionalIdentifiers: listIn(document["additionalIdentifiers"]).map((parts) =>
      textsIn(parts).flatMap((pointer) => rightPointers(document, spots, pointer)),
    ),
    required: textsIn(document["required"]).map((name) => pointerOf([name])),
    propertyTransform: transformsIn(document, spots),
    ...typesIn(spots),
    unordered: pointersOf(spots, ({ node }) => node["type"] === "array" && node["insertionOrder"] === false),
    invalidWhenEmpty: neverEmptyIn(spots),
    limits: limitsIn(spots),
    exclusive: spots.filter((spot) => spot.certain).flatMap(exclusiveAt),
    references: referencesIn(spots),
    ...shapesOf(document),
  };
}

function identityOf(document: Props): Facts {
  const { typeName: type, replacementStrategy: strategy } = document;
  return {
    ...(typeof type === "string" && { type }),
    ...((strategy === "create_then_delete" || strategy === "delete_then_create") && {
      replacementStrategy: strategy,
    }),
  };
}

/** The names in a list's `handlerSchema` are those of the type's own properties. */
function handlersOf({ handlers }: Props): Facts {
  if (!isProps(handlers)) return {};
  const { required, oneOf, anyOf } = propsIn(propsIn(handlers["list"])["handlerSchema"]);
  const alternatives = [...listIn(oneOf), ...listIn(anyOf)].map((one) => textsIn(propsIn(one)["required"]));
  return {
    handlers: Object.keys(handlers),
    listRequires: textsIn(required),
    ...(alternatives.length > 0 && { listAlternatives: alternatives }),
    permissions: Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [name, textsIn(propsIn(handler)["permissions"])]),
    ),
  };
}

/**
 * Sets right what some schemas get wrong: no leading slash (SimSpaceWeaver), dotted segments (NimbleStudio), an
 * inner `/properties/` (OpenSearchService), `/definitions/…` (CloudFront), an array crossed without `*` (AppStream).
 */
function rightPointers(document: Props, spots: readonly Spot[], written: string): Pointer[] {
  const [room, ...segments] = segmentsOf(written.startsWith("/") ? written : `/${written}`);
  const names = segments.filter((name) => name !== "properties").flatMap((name) => name.split("."));
  if (room !== "definitions")
    return [crossing(spots, room === "properties" ? names : [room ?? "", ...names])];
  const [definition, ...rest] = names;
  const inside = spots.filter(({ trail }) => trail.at(-1) === `#/definitions/${definition}`);
  // A spot that is entered has none above it that came the same way.
  const entered = inside.filter(
    ({ pointer, trail }) =>
      !inside.some((above) => above.trail.length === trail.length && pointer.startsWith(`${above.pointer}/`)),
  );
  return entered.map(({ pointer }) => crossing(spots, [...segmentsOf(pointer), ...rest]));
}

/** Puts `*` where a path steps into an array without it. */
function crossing(spots: readonly Spot[], names: readonly string[]): Pointer {
  let pointer = "";
  for (const name of names) {
    const inArray = spots.some((spot) => spot.pointer === pointer && spot.node["items"] !== undefined);
    pointer += inArray && name !== "*" ? `/*${pointerOf([name])}` : pointerOf([name]);
  }
  return pointer;
}

function transformsIn(document: Props, spots: readonly Spot[]): Record<Pointer, string> {
  const entries = Object.entries(propsIn(document["propertyTransform"])).flatMap(([pointer, expression]) =>
    typeof expression === "string"
      ? rightPointers(document, spots, pointer).map((right): [Pointer, string] => [right, expression])
      : [],
  );
  return Object.fromEntries(entries);
}

/** An alternative of oneOf or anyOf adds to the types of a place, but only one node that names both makes a document. */
function typesIn(spots: readonly Spot[]): Pick<Facts, "types" | "jsonDocuments"> {
  const typesAt = new Map<Pointer, Set<string>>();
  for (const { pointer, node } of spots) {
    const types = typesAt.get(pointer) ?? new Set();
    for (const type of typesOf(node)) types.add(type);
    typesAt.set(pointer, types);
  }
  const several = [...typesAt].filter(([, types]) => types.size > 1);
  return {
    types: Object.fromEntries(several.map(([pointer, types]) => [pointer, [...types]])),
    jsonDocuments: pointersOf(spots, ({ node }) =>
      ["object", "string"].every((type) => typesOf(node).includes(type)),
    ),
  };
}

function typesOf({ type }: Props): string[] {
  return typeof type === "string" ? [type] : textsIn(type);
}

/** The places at which nothing may be empty, whichever alternative of oneOf and anyOf holds. */
function neverEmptyIn(spots: readonly Spot[]): Pointer[] {
  const found = new Map<Pointer, { certain: boolean; all: boolean }>();
  for (const { pointer, node, certain } of spots) {
    if (pointer === "") continue;
    const never = isNeverEmpty(node);
    const known = found.get(pointer) ?? { certain: false, all: true };
    // A node that only lists alternatives says nothing itself: they follow.
    const isSilent = certain && !never && ["oneOf", "anyOf", "allOf"].some((word) => isList(node[word]));
    found.set(pointer, {
      certain: known.certain || (certain && never),
      all: known.all && (never || isSilent),
    });
  }
  return [...found].flatMap(([pointer, { certain, all }]) => (certain || all ? [pointer] : []));
}

function isNeverEmpty(node: Props): boolean {
  return (
    ["minItems", "minProperties"].some((rule) => Number(node[rule] ?? 0) > 0) ||
    textsIn(node["required"]).length > 0
  );
}

/** The members of which an object may have only one: `oneOf` with one required name in each alternative. */
function exclusiveAt({ pointer, node }: Spot): Pointer[][] {
  const alternatives = listIn(node["oneOf"]).map((alternative) => {
    const { required, properties } = propsIn(alternative);
    const names = new Set([...textsIn(required), ...Object.keys(propsIn(properties))]);
    const [name] = textsIn(required);
    return name !== undefined && names.size === 1 ? [pointer + pointerOf([name])] : [];
  });
  const group = [...new Set(alternatives.flat())];
  return group.length > 1 && alternatives.every((names) => names.length === 1) ? [group] : [];
}

function referencesIn(spots: readonly Spot[]): Record<Pointer, readonly Reference[]> {
  const found = new Map<Pointer, Reference[]>();
  for (const { pointer, node } of spots) {
    const { typeName, propertyPath } = propsIn(node["relationshipRef"]);
    if (typeof typeName !== "string" || typeof propertyPath !== "string") continue;
    const reference = { type: typeName, property: propertyPath.replace(/^\/properties\//, "") };
    found.set(pointer, [...(found.get(pointer) ?? []), reference]);
  }
  return Object.fromEntries(found);
}

/** Keyed lists and maps only: tags of any other form are left to be compared as what they are. */
function tagsOf(document: Props, spots: readonly Spot[]): Pick<Facts, "tags"> {
  const { taggable, tagProperty, tagUpdatable } = propsIn(document["tagging"]);
  if (taggable === false || document["taggable"] === false) return {};
  const path = (typeof tagProperty === "string" ? tagProperty : "/properties/Tags").replace(
    /^\/properties/,
    "",
  );
  const node = spots.find((spot) => spot.pointer === path)?.node;
  const updatable = tagUpdatable !== false;
  if (node?.["type"] !== "array") {
    return node && !node["properties"] ? { tags: { path, shape: "map", updatable } } : {};
  }
  const key = ["Key", "TagKey", "key"].find((name) =>
    spots.some((spot) => spot.pointer === `${path}/*/${name}`),
  );
  return key === undefined ? {} : { tags: { path, shape: "array", key, updatable } };
}

const pointersOf = (spots: readonly Spot[], wanted: (spot: Spot) => boolean): Pointer[] => [
  ...new Set(spots.filter(wanted).map((spot) => spot.pointer)),
];
