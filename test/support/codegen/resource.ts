import type { Property, PropertyType, Resource, TypeDefinition } from "@aws-cdk/service-spec-types";
import type { Reach } from "../../../src/codegen/reach.ts";

/** An optional property of this type; text unless told. */
export const property = (
  type: PropertyType["type"] | PropertyType = "string",
  more: object = {},
): Property => ({
  type: typeof type === "string" ? ({ type } as PropertyType) : type,
  ...more,
});

/** A type of a made-up specification; its identifier is its Id unless told. */
export function resource(
  type: string,
  properties: Readonly<Record<string, Property>>,
  more: Partial<Resource> = {},
): Resource {
  return {
    $id: type,
    cloudFormationType: type,
    name: type.split("::")[2] ?? type,
    properties,
    attributes: { Id: { type: { type: "string" } } },
    primaryIdentifier: ["Id"],
    ...more,
  };
}

/** Definitions by name, the way to reach them, and the type that names one. */
export function definitions(members: Readonly<Record<string, Readonly<Record<string, Property>>>>): {
  readonly reach: Reach;
  readonly ref: (name: string) => PropertyType;
} {
  const all: Record<string, TypeDefinition> = Object.fromEntries(
    Object.entries(members).map(([name, properties]) => [name, { $id: name, name, properties }]),
  );
  const reach: Reach = ({ reference }) => {
    const found = all[reference.$ref];
    if (!found) throw new Error(`no definition ${reference.$ref}`);
    return found;
  };
  return { reach, ref: (name) => ({ type: "ref", reference: { $ref: name } }) };
}

/** Reaches nothing: for types without definitions. */
export const nowhere: Reach = definitions({}).reach;
