import { type Pointer, type Props, isProps, segmentsOf } from "../../json.ts";
import type { Facts, Members, Shape } from "../../schema/facts.ts";
import { type KnownType, registryPointer } from "./known-type.ts";

// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html

/** A part of the document while it is written. */
type Node = Record<string, unknown>;

/**
 * Writes what the emulator knows of a type as a registry schema: it declares as read-only, write-only and create-only
 * exactly what the emulator treats so. Where the shape of a value is unknown, anything is allowed.
 */
export function schemaOf(known: KnownType): Props {
  const { facts, type, identity, readOnly, writeOnly, createOnly, handlers } = known;
  const { conditionalCreateOnly = [], deprecated = [], additionalIdentifiers = [] } = facts;
  const document: Node = {
    typeName: type,
    description: `Resource type ${type} as the emulator knows it`,
    definitions: mapMembers(facts.definitions ?? {}, nodeOfMembers),
    ...nodeOfMembers(facts.members ?? { properties: {} }),
    required: (facts.required ?? []).flatMap((pointer) => segmentsOf(pointer).slice(0, 1)),
    primaryIdentifier: identity.map(registryPointer),
    additionalIdentifiers: additionalIdentifiers.map((parts) => parts.map(registryPointer)),
    readOnlyProperties: readOnly.map(registryPointer),
    writeOnlyProperties: writeOnly.map(registryPointer),
    createOnlyProperties: createOnly.map(registryPointer),
    conditionalCreateOnlyProperties: conditionalCreateOnly.map(registryPointer),
    deprecatedProperties: deprecated.map(registryPointer),
    tagging: taggingOf(facts),
    handlers: Object.fromEntries(handlers.map((name) => [name, { permissions: [] }])),
    propertyTransform: transformOf(facts),
    ...(facts.replacementStrategy && { replacementStrategy: facts.replacementStrategy }),
  };
  const named = [...identity, ...readOnly, ...writeOnly, ...createOnly, ...conditionalCreateOnly];
  for (const pointer of [...named, ...tagPlaces(facts)]) placeAt(document, pointer);
  for (const [pointer, shape] of Object.entries(facts.attributes ?? {})) {
    const node = placeAt(document, pointer);
    if (Object.keys(node).length === 0) Object.assign(node, nodeOf(shape));
  }
  for (const pointer of facts.unordered ?? []) leaveOrder(placeAt(document, pointer));
  return asProps(document);
}

/** Says of a list that its order has no meaning; a place may take something else in its stead. */
function leaveOrder(node: Node): void {
  const { oneOf, type } = node;
  // Text that holds a list is text to a schema.
  if (type !== undefined && type !== "array") return;
  const lists = Array.isArray(oneOf)
    ? oneOf.filter((one: unknown) => isNode(one) && one["type"] === "array")
    : [];
  if (lists.length === 0) Object.assign(node, { type: "array", insertionOrder: false });
  for (const list of lists) Object.assign(list, { insertionOrder: false });
}

function nodeOfMembers({ properties, required, values = {} }: Members): Node {
  const listed = mapMembers(values, (names) => ({ type: "string", enum: [...names] }));
  return {
    type: "object",
    properties: { ...mapMembers(properties, nodeOf), ...listed },
    additionalProperties: false,
    ...(required && { required: [...required] }),
  };
}

function nodeOf(shape: Shape): Node {
  if (shape === "any") return {};
  if (shape === "json") return { type: ["object", "string"] };
  if (typeof shape === "string") return { type: shape };
  if ("list" in shape) return { type: "array", items: nodeOf(shape.list) };
  if ("map" in shape) return { type: "object", additionalProperties: nodeOf(shape.map) };
  if ("ref" in shape) return { $ref: `#/definitions/${shape.ref}` };
  const scalars = shape.oneOf.every((one) => typeof one === "string" && one !== "json" && one !== "any");
  return scalars ? { type: [...shape.oneOf] } : { oneOf: shape.oneOf.map(nodeOf) };
}

function taggingOf({ tags }: Facts): Node {
  if (!tags) return { taggable: false };
  return { taggable: true, tagUpdatable: tags.updatable !== false, tagProperty: registryPointer(tags.path) };
}

const tagPlaces = ({ tags }: Facts): Pointer[] =>
  tags ? [tags.shape === "array" ? `${tags.path}/*/${tags.key ?? "Key"}` : `${tags.path}/*`] : [];

function transformOf({ propertyTransform = {} }: Facts): Node {
  return Object.fromEntries(
    Object.entries(propertyTransform).map(([pointer, expression]) => [registryPointer(pointer), expression]),
  );
}

/** The node that describes a place; what is missing on the way is made, open to any value. */
function placeAt(document: Node, pointer: Pointer): Node {
  return segmentsOf(pointer).reduce((above, segment) => {
    const node = resolveReference(document, above);
    return segment === "*" ? elementOf(node) : memberOf(node, segment);
  }, document);
}

function resolveReference(document: Node, node: Node): Node {
  const { $ref: ref } = node;
  if (typeof ref !== "string") return node;
  const name = ref.slice("#/definitions/".length);
  return inner(inner(document, "definitions"), name);
}

function elementOf(node: Node): Node {
  if (isNode(node["additionalProperties"])) return node["additionalProperties"];
  if (node["type"] === "object") return inner(node, "additionalProperties");
  node["type"] ??= "array";
  return inner(node, "items");
}

function memberOf(node: Node, name: string): Node {
  node["type"] ??= "object";
  return inner(inner(node, "properties"), name);
}

/** The node below a name, made where there is none. */
function inner(node: Node, name: string): Node {
  const found = Object.hasOwn(node, name) ? node[name] : undefined;
  if (isNode(found)) return found;
  const made: Node = {};
  node[name] = made;
  return made;
}

const isNode = (value: unknown): value is Node => isProps(value);

const mapMembers = <T>(members: Readonly<Record<string, T>>, node: (member: T) => Node): Node =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, node(member)]));

/** The document as finished JSON; the copy shares nothing with it. */
function asProps(document: Node): Props {
  const value: unknown = JSON.parse(JSON.stringify(document));
  return isProps(value) ? value : {};
}
