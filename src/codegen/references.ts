import type { Property, Resource } from "@aws-cdk/service-spec-types";
import type { Reference } from "../schema/facts.ts";

/** Says which resources a property takes, as far as the catalogue has them. */
export type References = (property: Property) => Reference[];

/**
 * Resolves the specification's relationship references against the resources at hand. `Id` names whatever Ref
 * gives where the target has no property of that name; a target that has neither is dropped.
 */
export function referencesAmong(resources: readonly Resource[]): References {
  const targets = new Map(resources.map((resource) => [resource.cloudFormationType, resource]));
  return ({ relationshipRefs = [] }) => {
    const found = relationshipRefs.flatMap(({ cloudFormationType: type, propertyName }) => {
      const property = propertyIn(targets.get(type), propertyName);
      return property === undefined ? [] : [{ type, property }];
    });
    const distinct = new Map(
      found.map((reference) => [`${reference.type} ${reference.property}`, reference]),
    );
    return [...distinct.values()];
  };
}

function propertyIn(target: Resource | undefined, name: string): string | undefined {
  if (!target) return undefined;
  if (name in target.properties || name in target.attributes) return name;
  const ref = target.cfnRefIdentifier ?? target.primaryIdentifier ?? [];
  return name === "Id" && ref.length === 1 ? ref[0] : undefined;
}
