import type { Reference } from "../schema/facts.ts";
import type { Property, Resource } from "@aws-cdk/service-spec-types";
import { segmentsOf } from "../json.ts";
import { noteOf } from "../services/notes.ts";

/** Sets right what the specification gets wrong of a type: what its note says stands. */
export function correctResource(resource: Resource): Resource {
  const note = noteOf(resource.cloudFormationType);
  const identifier = note?.registry?.primaryIdentifier?.map((part) => segmentsOf(part).join("/"));
  const properties = Object.entries(resource.properties).map(
    ([name, property]) =>
      [
        name,
        withReferences(withReplacement(property, note?.replacement?.[name]), note?.references?.[`/${name}`]),
      ] as const,
  );
  return {
    ...resource,
    ...(identifier && { primaryIdentifier: identifier }),
    properties: Object.fromEntries(properties),
  };
}

function withReplacement(property: Property, causesReplacement: "no" | "maybe" | undefined): Property {
  return causesReplacement ? { ...property, causesReplacement } : property;
}

function withReferences(property: Property, references: readonly Reference[] | undefined): Property {
  if (!references) return property;
  const relationshipRefs = references.map(({ type, property: propertyName }) => ({
    cloudFormationType: type,
    propertyName,
  }));
  return { ...property, relationshipRefs };
}
