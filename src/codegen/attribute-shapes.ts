import type { PropertyType, Resource } from "@aws-cdk/service-spec-types";
import { type Pointer, pointerOf } from "../json.ts";
import type { Members, Shape } from "../schema/facts.ts";
import { type AttributeTree, attributeTree, pointerTo } from "./attributes.ts";
import { type Reach, reachableDefinitionsOf, sortMembers } from "./reach.ts";
import { membersOf, shapeOf } from "./shapes.ts";

/** Shapes of what AWS alone sets, and the definitions that they name. */
export interface AttributeShapes {
  readonly attributes: Readonly<Record<Pointer, Shape>>;
  readonly definitions: Readonly<Record<string, Members>>;
}

/**
 * The shapes of attributes that are no properties and no text, by pointer. One that only the attributes inside it are
 * known of is an object of those, under a name that no specification uses.
 */
export function attributeShapes(resource: Resource, reach: Reach): AttributeShapes {
  const definitions: Record<string, Members> = {};
  const add = (type: PropertyType): Shape => {
    for (const { name, properties } of reachableDefinitionsOf([type], reach)) {
      definitions[name] ??= membersOf(properties, reach);
    }
    return shapeOf(type, reach);
  };
  const shapeIn = (name: string, { type, inside }: AttributeTree): Shape => {
    if (type) return add(type);
    const members = sortMembers(inside).map(
      ([inner, tree]) => [inner, shapeIn(`${name}.${inner}`, tree)] as const,
    );
    definitions[`.${name}`] = { properties: Object.fromEntries(members) };
    return { ref: `.${name}` };
  };
  const whole = sortMembers(attributeTree(resource))
    .filter(([name]) => resource.properties[name] === undefined)
    .map(([name, tree]) => [pointerOf([name]), shapeIn(name, tree)] as const);
  const nested = sortMembers(resource.attributes)
    .filter(([name]) => name.includes(".") && resource.properties[name.split(".")[0] ?? ""] !== undefined)
    .map(([name, { type }]) => [pointerTo(resource, name, reach), add(type)] as const);
  const attributes = [...whole, ...nested].filter(([, shape]) => shape !== "string");
  return { attributes: Object.fromEntries(attributes), definitions };
}
