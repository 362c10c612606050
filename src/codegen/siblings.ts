import type { Property, RelationshipRef, Resource } from "@aws-cdk/service-spec-types";
import { byService } from "./service.ts";

/**
 * Adds the references that the specification leaves out though names tell them: text named like an identifier that
 * only one other type of the same service makes, e.g. `ApiId` of a stage, which is that of an
 * `AWS::ApiGatewayV2::Api`. What the specification does say of a property stands.
 */
export function withSiblingReferences(resources: readonly Resource[]): Resource[] {
  return [...byService(resources).values()].flatMap((siblings) => {
    const makers = makersIn(siblings);
    return siblings.map((resource) => ({
      ...resource,
      properties: Object.fromEntries(
        Object.entries(resource.properties).map(([name, property]) => [
          name,
          referring(property, makers.get(name), resource, name),
        ]),
      ),
    }));
  });
}

/** The types that make an identifier, by its name; none where several types make one of that name. */
function makersIn(siblings: readonly Resource[]): Map<string, string | undefined> {
  const makers = new Map<string, string | undefined>();
  for (const { cloudFormationType, primaryIdentifier = [], properties } of siblings) {
    for (const part of primaryIdentifier) {
      if (part in properties || !telling.test(part) || vague.has(part)) continue;
      makers.set(part, makers.has(part) ? undefined : cloudFormationType);
    }
  }
  return makers;
}

// Names that people give are too alike to tell (`RoleName` may be any role's); identifiers that AWS makes are not.
const telling = /.(Id|ID|Arn|ARN|Identifier)$/;
// An account is no resource, and a resource may be anything.
const vague = new Set(["AccountId", "ResourceArn"]);

function referring(property: Property, maker: string | undefined, owner: Resource, name: string): Property {
  const told = property.relationshipRefs !== undefined || property.type.type !== "string";
  if (told || maker === undefined || maker === owner.cloudFormationType) return property;
  const reference: RelationshipRef = { cloudFormationType: maker, propertyName: name };
  return { ...property, relationshipRefs: [reference] };
}
