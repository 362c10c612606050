import type { PropertyType, Resource } from "@aws-cdk/service-spec-types";
import { noteOf } from "../services/notes.ts";
import { type AttributeTree, attributeTree } from "./attributes.ts";
import { commentOf } from "./documentation.ts";
import { type Member, type MemberContext, memberText } from "./members-text.ts";
import { sortMembers } from "./reach.ts";
import { type NameLookup, typeText } from "./type-text.ts";

/** Tells whether a property is what other types refer to, so that live always shows it. */
export type IsTarget = (type: string, property: string) => boolean;

/** What is needed to write outputs. */
export interface Needs {
  readonly writing: MemberContext;
  readonly isTarget: IsTarget;
}

/**
 * Writes what the outputs of a type have beyond its properties, or surer than them: what identifies the resource,
 * top-level scalars that AWS sets, and what others refer to are always there; a reference has become text.
 */
export function outputMembers(resource: Resource, needs: Needs): string {
  const tree = attributeTree(resource);
  const names = new Set([...Object.keys(resource.properties), ...Object.keys(tree)]);
  return [...names]
    .toSorted()
    .map((name) => outputMember(resource, name, { ...needs, tree: tree[name] }))
    .filter((member) => member !== undefined)
    .map(memberText)
    .join("");
}

function outputMember(
  resource: Resource,
  name: string,
  { writing, isTarget, tree }: Needs & { readonly tree: AttributeTree | undefined },
): Member | undefined {
  const property = resource.properties[name];
  const { type, documentation, inside } = tree ?? { inside: {} };
  const required =
    property?.required === true ||
    isIdentifying(resource, name) ||
    isTarget(resource.cloudFormationType, name) ||
    (type !== undefined && isScalar(type));
  if (!property) {
    const comment = commentOf([documentation], "  ");
    return { name, type: attributeText({ type, inside }, writing), required, comment };
  }
  const saysNew = required !== (property.required === true) || writing.references(property).length > 0;
  return saysNew ? { name, type: typeText(property.type, writing), required } : undefined;
}

/** Tells whether a property is a part that no identifier of the type lacks. */
function isIdentifying({ cloudFormationType, primaryIdentifier = [] }: Resource, name: string): boolean {
  const optional = noteOf(cloudFormationType)?.facts?.optionalIdentifier ?? [];
  return primaryIdentifier.includes(name) && !optional.includes(`/${name}`);
}

function isScalar({ type }: PropertyType): boolean {
  return ["string", "boolean", "integer", "number", "date-time"].includes(type);
}

/** The type of an attribute; one that only the attributes inside it are known of is an object of those. */
function attributeText({ type, inside }: AttributeTree, naming: NameLookup): string {
  if (type) return typeText(type, naming);
  const members = sortMembers(inside).map(
    ([name, tree]) => `readonly ${name}?: ${attributeText(tree, naming)} | undefined`,
  );
  return `{ ${members.join("; ")} }`;
}
