import { loadAwsServiceSpec } from "@aws-cdk/aws-service-spec";
import type { Resource } from "@aws-cdk/service-spec-types";
import { correctResource } from "./correct-resource.ts";
import { withParts } from "./parts.ts";
import type { Reach } from "./reach.ts";
import { withSiblingReferences } from "./siblings.ts";

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
  const reach: Reach = ({ reference }) => db.get("typeDefinition", reference);
  const resources = withParts(db.all("resource").filter(isServed).map(correctResource), reach);
  return {
    resources: withSiblingReferences(
      resources.toSorted((a, b) => (a.cloudFormationType < b.cloudFormationType ? -1 : 1)),
    ),
    reach,
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
