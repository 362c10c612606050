import { type Json, type Props, isProps } from "../../../json.ts";
import { changeProperty } from "../../behaviours/behaviour.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { type KnownType, knownOf } from "../../cloud/known-type.ts";
import { readView } from "../../cloud/model.ts";
import type { Resource } from "../../cloud/resource.ts";
import { restShape } from "../shape.ts";
import type { Place } from "./collections.ts";

/** A member as its service shows it: the parents stand in the path, not in the body. */
export function itemOf(cloud: Cloud, { above, collection }: Place, resource: Resource): Props {
  const known = knownOf(cloud.settings, collection.type);
  const parents = new Set(above.map((parent) => parent.collection.key));
  const shown = Object.entries(shownOf(known, collection.noun, resource.model));
  const own = Object.fromEntries(shown.filter(([name]) => !parents.has(name)));
  return {
    ...restShape(known.facts, changeProperty(own, "Schema", asText)),
    ...extras(collection.noun, resource),
  };
}

// What Cloud Control hides of routes and authorizers this API shows. What APIs and deployments were made from it hides
// as well.
const shownOf = (known: KnownType, noun: string, model: Props): Props =>
  ["Route", "Authorizer"].includes(noun) ? model : readView(known, model);

const asText = (schema: Json): Json => (isProps(schema) ? JSON.stringify(schema) : schema);

function extras(noun: string, { createdAt }: Resource): Props {
  const dated = { createdDate: new Date(createdAt).toISOString() };
  switch (noun) {
    case "Api":
    case "Stage":
    case "VpcLink":
      return dated;
    case "Deployment":
      return { ...dated, autoDeployed: false, deploymentStatus: "DEPLOYED" };
    default:
      return {};
  }
}
