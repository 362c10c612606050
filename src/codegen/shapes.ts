import type { PropertyType, Resource, ResourceProperties } from "@aws-cdk/service-spec-types";
import { isProps, segmentsOf } from "../json.ts";
import type { Members, Shape } from "../schema/facts.ts";
import type { Note } from "../services/note.ts";
import { type Reach, reachableDefinitionsOf, sortMembers } from "./reach.ts";

/** CloudFormation's own `{Key, Value}`, under a name that no specification uses. */
export const builtinTag = "Tag";

const plainShapes = {
  boolean: "boolean",
  "date-time": "string",
  integer: "integer",
  json: "json",
  null: "any",
  number: "number",
  string: "string",
  tag: { ref: builtinTag },
} as const;

/** The shape of one property type; definitions are named, not entered. */
export function shapeOf(type: PropertyType, reach: Reach): Shape {
  if (type.type === "ref") return { ref: reach(type).name };
  if (type.type === "array") return { list: shapeOf(type.element, reach) };
  if (type.type === "map") return { map: shapeOf(type.element, reach) };
  if (type.type === "union") return { oneOf: type.types.map((member) => shapeOf(member, reach)) };
  return plainShapes[type.type];
}

/** The members of an object, by name, and those that must be there. */
export function membersOf(properties: ResourceProperties, reach: Reach): Members {
  const members = sortMembers(properties);
  const required = members.filter(([, property]) => property.required).map(([name]) => name);
  const values = members.flatMap(([name, { type }]) =>
    type.type === "string" && (type.allowedValues?.length ?? 0) > 1
      ? [[name, type.allowedValues ?? []] as const]
      : [],
  );
  return {
    properties: Object.fromEntries(members.map(([name, { type }]) => [name, shapeOf(type, reach)])),
    ...(required.length > 0 && { required }),
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
  };
}

/** The members of a type itself: what a note or its tags say of a property's shape wins. */
export function membersOfType(resource: Resource, note: Note | undefined, reach: Reach): Members {
  const members = membersOf(resource.properties, reach);
  return { ...members, properties: { ...members.properties, ...knownShapes(resource, note) } };
}

/** Shapes of top-level properties that are known better than the specification tells, by name. */
export function knownShapes(resource: Resource, note: Note | undefined): Record<string, Shape> {
  const tags = resource.tagInformation;
  const known: Record<string, Shape> = {};
  if (tags?.variant === "map" && resource.properties[tags.tagPropertyName]?.type.type === "json") {
    known[tags.tagPropertyName] = { map: "string" };
  }
  for (const [pointer, shape] of Object.entries(note?.shapes ?? {})) {
    const [name, ...deeper] = segmentsOf(pointer);
    if (name !== undefined && deeper.length === 0) known[name] = shape;
  }
  return known;
}

/** The members of every definition that the type's properties reach, by name. */
export function definitionsOf(resource: Resource, members: Members, reach: Reach): Record<string, Members> {
  const types = Object.values(resource.properties).map(({ type }) => type);
  const definitions = Object.fromEntries(
    [...reachableDefinitionsOf(types, reach)].map(({ name, properties }) => [
      name,
      membersOf(properties, reach),
    ]),
  );
  const shapes = [members, ...Object.values(definitions)].flatMap(({ properties }) =>
    Object.values(properties),
  );
  if (shapes.some((shape) => namesTag(shape))) definitions[builtinTag] ??= tagMembers;
  return Object.fromEntries(sortMembers(definitions));
}

/** Some types take a tag without a value. */
const tagMembers: Members = { properties: { Key: "string", Value: "string" }, required: ["Key"] };

function namesTag(shape: Shape): boolean {
  if (!isProps(shape)) return false;
  if ("ref" in shape) return shape.ref === builtinTag;
  if ("list" in shape) return namesTag(shape.list);
  if ("map" in shape) return namesTag(shape.map);
  return shape.oneOf.some(namesTag);
}
