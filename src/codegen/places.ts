import type { Property, PropertyType, Resource, TypeDefinition } from "@aws-cdk/service-spec-types";
import { type Pointer, pointerOf } from "../json.ts";
import { type Reach, definitionsIn, reachableDefinitionsOf, sortMembers } from "./reach.ts";

/** A property that facts are made from, of a type or of a definition inside it, and where it stands. */
export interface PropertyPlace {
  readonly pointer: Pointer;
  readonly property: Property;
}

/** Lists the places of a type at any depth. */
export type Search = (resource: Resource) => PropertyPlace[];

/**
 * Makes a search that knows which definitions are worth entering: without it the largest types take minutes.
 * Each list and map on the way adds a `*`; a definition inside itself is entered once.
 */
export function searchWith(reach: Reach): Search {
  const known = new Map<TypeDefinition, boolean>();
  const leads = (definition: TypeDefinition): boolean => {
    const answer = known.get(definition) ?? holdsFacts(definition, reach);
    known.set(definition, answer);
    return answer;
  };
  const below = (
    owner: Resource | TypeDefinition,
    path: readonly string[],
    above: readonly object[],
  ): PropertyPlace[] =>
    sortMembers(owner.properties).flatMap(([name, property]) => {
      const here = [...path, name];
      const inside = entrancesOf(property.type, reach).flatMap(({ suffix, definition }) =>
        above.includes(definition) || !leads(definition)
          ? []
          : below(definition, [...here, ...suffix], [...above, definition]),
      );
      return [...(isTelling(property) ? [{ pointer: pointerOf(here), property }] : []), ...inside];
    });
  return (resource) => below(resource, [], []);
}

function holdsFacts(definition: TypeDefinition, reach: Reach): boolean {
  const types = Object.values(definition.properties).map(({ type }) => type);
  return [definition, ...reachableDefinitionsOf(types, reach)].some(({ properties }) =>
    Object.values(properties).some(isTelling),
  );
}

function isTelling({ causesReplacement, relationshipRefs, type }: Property): boolean {
  return causesReplacement === "yes" || relationshipRefs !== undefined || spotsIn(type).some(isLoose);
}

/** A type inside a property's type, and the `*` steps that lead to it. */
export interface Spot {
  readonly suffix: readonly string[];
  readonly type: PropertyType;
}

function isLoose({ type }: Spot): boolean {
  return type.type === "json" || type.type === "union";
}

/** Lists a property's type and every type inside it, down to scalars and definitions. */
export function spotsIn(type: PropertyType, suffix: readonly string[] = []): Spot[] {
  return [{ suffix, type }, ...spotsWithin(type, suffix)];
}

function spotsWithin(type: PropertyType, suffix: readonly string[]): Spot[] {
  if (type.type === "union") return type.types.flatMap((member) => spotsIn(member, suffix));
  return type.type === "array" || type.type === "map" ? spotsIn(type.element, [...suffix, "*"]) : [];
}

function entrancesOf(
  type: PropertyType,
  reach: Reach,
): { readonly suffix: readonly string[]; readonly definition: TypeDefinition }[] {
  return spotsIn(type)
    .filter((spot) => spot.type.type === "ref")
    .flatMap(({ suffix, type }) => definitionsIn(type, reach).map((definition) => ({ suffix, definition })));
}
