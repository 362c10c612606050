import { loadAwsServiceSpec } from "@aws-cdk/aws-service-spec";
import type { PropertyType, Resource, TypeDefinition } from "@aws-cdk/service-spec-types";
import { corrected } from "./corrected.ts";
import { withSiblingReferences } from "./siblings.ts";

/** The nested definitions that a property type may name. */
export type Reach = (ref: PropertyType & { readonly type: "ref" }) => TypeDefinition;

/** The part of the CloudFormation service specification that Cloud Control can serve. */
export interface Spec {
  /** Sorted by type name. */
  readonly resources: readonly Resource[];
  readonly reach: Reach;
}

// Templates alone know what these mean: macros expand them, or they stand for an event in a stack's life.
const templateOnly = new Set([
  "AWS::CloudFormation::CustomResource",
  "AWS::CloudFormation::Macro",
  "AWS::CloudFormation::WaitCondition",
  "AWS::CloudFormation::WaitConditionHandle",
]);

/** Loads the specification that `@aws-cdk/aws-service-spec` carries; takes most of a second. */
export async function loadSpec(): Promise<Spec> {
  const db = await loadAwsServiceSpec();
  return {
    resources: withSiblingReferences(
      db
        .all("resource")
        .filter(isServed)
        .map(corrected)
        .toSorted((a, b) => (a.cloudFormationType < b.cloudFormationType ? -1 : 1)),
    ),
    reach: ({ reference }) => db.get("typeDefinition", reference),
  };
}

function isServed({ cloudFormationType: type, primaryIdentifier }: Resource): boolean {
  const [vendor, service] = type.split("::");
  return (
    vendor === "AWS" &&
    service !== "Serverless" &&
    !templateOnly.has(type) &&
    primaryIdentifier !== undefined &&
    primaryIdentifier.length > 0
  );
}

/** Lists members by name, so that what is generated does not depend on the order of the specification. */
export function sorted<T>(members: Readonly<Record<string, T>>): [name: string, member: T][] {
  return Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The definitions that a property type names directly, through lists, maps and unions. */
export function definitionsIn(type: PropertyType, reach: Reach): TypeDefinition[] {
  if (type.type === "ref") return [reach(type)];
  if (type.type === "union") return type.types.flatMap((member) => definitionsIn(member, reach));
  return type.type === "array" || type.type === "map" ? definitionsIn(type.element, reach) : [];
}

/** Lists every definition that can be reached from the given properties, each once. */
export function reachable(
  types: readonly PropertyType[],
  reach: Reach,
  found: Set<TypeDefinition> = new Set(),
): Set<TypeDefinition> {
  for (const definition of types.flatMap((type) => definitionsIn(type, reach))) {
    if (found.has(definition)) continue;
    found.add(definition);
    reachable(
      Object.values(definition.properties).map(({ type }) => type),
      reach,
      found,
    );
  }
  return found;
}
