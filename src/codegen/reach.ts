import type { PropertyType, TypeDefinition } from "@aws-cdk/service-spec-types";

/** The nested definitions that a property type may name. */
export type Reach = (ref: PropertyType & { readonly type: "ref" }) => TypeDefinition;

/** Lists members by name, so that what is generated does not depend on the order of the specification. */
export function sortMembers<T>(members: Readonly<Record<string, T>>): [name: string, member: T][] {
  return Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The definitions that a property type names directly, through lists, maps and unions. */
export function definitionsIn(type: PropertyType, reach: Reach): TypeDefinition[] {
  if (type.type === "ref") return [reach(type)];
  if (type.type === "union") return type.types.flatMap((member) => definitionsIn(member, reach));
  return type.type === "array" || type.type === "map" ? definitionsIn(type.element, reach) : [];
}

/** Lists every definition that can be reached from the given properties, each once. */
export function reachableDefinitionsOf(
  types: readonly PropertyType[],
  reach: Reach,
  found: Set<TypeDefinition> = new Set(),
): Set<TypeDefinition> {
  for (const definition of types.flatMap((type) => definitionsIn(type, reach))) {
    if (found.has(definition)) continue;
    found.add(definition);
    reachableDefinitionsOf(
      Object.values(definition.properties).map(({ type }) => type),
      reach,
      found,
    );
  }
  return found;
}
