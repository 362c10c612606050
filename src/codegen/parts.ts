import type { Resource, ResourceProperties, TypeDefinition } from "@aws-cdk/service-spec-types";
import type { Part } from "../services/note.ts";
import { partNotes } from "../services/notes.ts";
import { type Reach, reachableDefinitionsOf } from "./reach.ts";

/**
 * Adds the resources that live inside others: what their owner's specification says of the place is what they may
 * hold, beside the properties that name the owner.
 */
export function withParts(resources: readonly Resource[], reach: Reach): Resource[] {
  const made = partNotes().flatMap(([type, part]) => {
    const owner = resources.find(({ cloudFormationType }) => cloudFormationType === part.owner);
    const definition = owner && definitionIn(owner, part, reach);
    return definition ? [partOf({ type, part, owner, definition })] : [];
  });
  return [...resources, ...made];
}

function definitionIn(
  { properties }: Resource,
  { definition }: Part,
  reach: Reach,
): TypeDefinition | undefined {
  const types = Object.values(properties).map(({ type }) => type);
  return [...reachableDefinitionsOf(types, reach)].find(({ name }) => name === definition);
}

interface PartPlace {
  readonly type: string;
  readonly part: Part;
  readonly owner: Resource;
  readonly definition: TypeDefinition;
}

function partOf({ type, part, owner, definition }: PartPlace): Resource {
  const identity = [...part.identity, ...(part.key === undefined ? [] : [part.key])];
  const own = Object.entries(definition.properties).filter(([name]) => part.without?.includes(name) !== true);
  const naming = part.identity.flatMap((name) => {
    const property = owner.properties[name];
    return property ? [[name, property] as const] : [];
  });
  const properties: ResourceProperties = Object.fromEntries([...naming, ...own]);
  for (const name of identity) {
    const property = properties[name];
    if (property) properties[name] = { ...property, required: true, causesReplacement: "yes" };
  }
  return {
    $id: owner.$id,
    cloudFormationType: type,
    name: type.split("::")[2] ?? type,
    documentation: definition.documentation ?? "",
    properties,
    attributes: {},
    primaryIdentifier: identity,
  };
}
