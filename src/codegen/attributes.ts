import type { PropertyType, Resource, ResourceProperties } from "@aws-cdk/service-spec-types";
import { type Pointer, pointerOf } from "../json.ts";
import { type Reach, sortMembers } from "./reach.ts";

/** An attribute and the attributes inside it: the specification writes `Endpoint.Address` for the inner one. */
export interface AttributeTree {
  readonly type?: PropertyType | undefined;
  readonly documentation?: string | undefined;
  readonly inside: Readonly<Record<string, AttributeTree>>;
}

/** The attributes of a type as a tree, by the name of their first part. */
export function attributeTree({ attributes }: Resource): Record<string, AttributeTree> {
  const tree: Record<string, AttributeTree> = {};
  for (const [name, { type, documentation }] of sortMembers(attributes)) {
    const [first = name, ...rest] = name.split(".");
    tree[first] = withAttribute(tree[first], rest, { type, documentation });
  }
  return tree;
}

function withAttribute(
  tree: AttributeTree | undefined,
  path: readonly string[],
  attribute: Omit<AttributeTree, "inside">,
): AttributeTree {
  const { inside = {}, ...own } = tree ?? {};
  const [first, ...rest] = path;
  if (first === undefined) return { ...attribute, inside };
  return { ...own, inside: { ...inside, [first]: withAttribute(inside[first], rest, attribute) } };
}

/**
 * The values that AWS alone sets: attributes that are not also properties. A dotted name steps into an object,
 * with a `*` at each list and map: `Endpoint.Address` is `/Endpoint/Address`. The specification lists writable
 * inputs among the attributes of some types too (QueueName of AWS::SQS::Queue); those are left out.
 */
export function readOnlyOf(resource: Resource, reach: Reach): Pointer[] {
  const pointers = sortMembers(resource.attributes)
    .filter(([name]) => resource.properties[name] === undefined)
    .map(([name]) => pointerTo(resource, name, reach));
  return pointers.filter((pointer) => !ancestorsOf(pointer).some((above) => pointers.includes(above)));
}

/** Where an attribute stands: `Endpoint.Address` is at `/Endpoint/Address`, with a `*` at each list and map on the way. */
export function pointerTo(resource: Resource, name: string, reach: Reach): Pointer {
  const whole = Object.entries(resource.attributes).filter(([one]) => !one.includes("."));
  const tops: ResourceProperties = { ...Object.fromEntries(whole), ...resource.properties };
  return pointerOf(stepsTo(name.split("."), tops, reach));
}

function stepsTo(names: readonly string[], properties: ResourceProperties, reach: Reach): string[] {
  const [name, ...rest] = names;
  if (name === undefined) return [];
  const { steps, inside } = enter(rest.length > 0 ? properties[name]?.type : undefined, reach);
  return [name, ...steps, ...stepsTo(rest, inside, reach)];
}

/** Steps through lists and maps into the members of an object; a type that has none ends the way. */
function enter(
  type: PropertyType | undefined,
  reach: Reach,
): { readonly steps: readonly string[]; readonly inside: ResourceProperties } {
  if (type?.type === "ref") return { steps: [], inside: reach(type).properties };
  if (type?.type !== "array" && type?.type !== "map") return { steps: [], inside: {} };
  const { steps, inside } = enter(type.element, reach);
  return { steps: ["*", ...steps], inside };
}

/** Every pointer above this one, nearest the root first; the root itself is left out. */
export function ancestorsOf(pointer: Pointer): Pointer[] {
  const parts = pointer.split("/").slice(1, -1);
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join("/")}`);
}
