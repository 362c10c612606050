import type { Resource, TypeDefinition } from "@aws-cdk/service-spec-types";
import { noteOf } from "../services/notes.ts";
import { isUnserved } from "../services/data/unserved.ts";
import { commentOf } from "./documentation.ts";
import { type KnownMembers, type MemberContext, inputMembers } from "./members-text.ts";
import { type IsTarget, outputMembers } from "./outputs-text.ts";
import type { References } from "./references.ts";
import { knownShapes } from "./shapes.ts";
import { type Reach, reachableDefinitionsOf } from "./reach.ts";
import { shapeText } from "./type-text.ts";

/** What every door is written with. */
export interface Catalogue {
  readonly reach: Reach;
  readonly references: References;
  readonly isTarget: IsTarget;
}

const head = `import { type ResourceFunction, resourceFunction } from "../../aws/resource-function.ts";
import type * as aws from "../../aws/values.ts";
`;

/** Writes the module of one service: for each type its interfaces and the function that stands for it. */
export function doorText(resources: readonly Resource[], catalogue: Catalogue): string {
  const taken = new Set(resources.flatMap(({ name }) => [name, propsOf(name), outputsOf(name)]));
  return [head, ...resources.map((resource) => typeModule(resource, catalogue, taken))].join("\n");
}

const propsOf = (name: string): string => `${name}Props`;
const outputsOf = (name: string): string => `${name}Outputs`;

function typeModule(resource: Resource, catalogue: Catalogue, taken: ReadonlySet<string>): string {
  const { cloudFormationType: type, name, documentation, properties } = resource;
  const { writing, definitions } = namesIn(resource, catalogue, taken);
  const identifier = resource.primaryIdentifier ?? [];
  const generics = `${propsOf(name)}, ${outputsOf(name)}, ${partsText(resource)}`;
  const remark = isUnserved(type)
    ? "**Not served:** CloudFormation makes this type by itself and Cloud Control has no handlers for it, so every call is `UNSUPPORTED_TYPE`."
    : undefined;
  const about = commentOf([remark, documentation, `Identifier: \`${identifier.join("|")}\`.`], "");
  return [
    ...definitions.map((definition) => interfaceText(definition, writing)),
    `/** What a script may set of ${type}. */
export interface ${propsOf(name)} {
${inputMembers(properties, writing, knownOf(resource))}}
`,
    `/** What ${type} resolves with. */
export interface ${outputsOf(name)} extends ${propsOf(name)}, aws.Identified {
${outputMembers(resource, { writing, isTarget: catalogue.isTarget })}}
`,
    `${about}export const ${name}: ResourceFunction<${generics}> = resourceFunction("${type}");
`,
  ].join("\n");
}

/** Definitions are named after their type, as two types of a service may each have a `Tag` of their own. */
function namesIn(
  resource: Resource,
  { reach, references }: Catalogue,
  taken: ReadonlySet<string>,
): { readonly writing: MemberContext; readonly definitions: readonly TypeDefinition[] } {
  const types = [...Object.values(resource.properties), ...Object.values(resource.attributes)];
  const found = reachableDefinitionsOf(
    types.map(({ type }) => type),
    reach,
  );
  const nameOf = ({ name }: TypeDefinition): string => {
    const plain = `${resource.name}${name}`;
    return taken.has(plain) ? `${resource.name}_${name}` : plain;
  };
  const definitions = [...found].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { writing: { reach, references, nameOf }, definitions };
}

function interfaceText(definition: TypeDefinition, writing: MemberContext): string {
  return `${commentOf([definition.documentation], "")}export interface ${writing.nameOf(definition)} {
${inputMembers(definition.properties, writing)}}
`;
}

function knownOf(resource: Resource): KnownMembers {
  const note = noteOf(resource.cloudFormationType);
  const types = Object.entries(knownShapes(resource, note)).map(
    ([name, shape]) => [name, shapeText(shape)] as const,
  );
  return { types: Object.fromEntries(types), values: note?.values };
}

/** The names of the identifier's parts; one inside an object goes by the name that it has there. */
function partsText({ cloudFormationType, primaryIdentifier = [] }: Resource): string {
  const optional = noteOf(cloudFormationType)?.facts?.optionalIdentifier ?? [];
  const isNeeded = (part: string): boolean => !optional.includes(`/${part}`);
  const text = (parts: readonly string[]): string =>
    parts.map((part) => `"${part.slice(part.lastIndexOf("/") + 1)}"`).join(" | ");
  const others = primaryIdentifier.filter((part) => !isNeeded(part));
  return [primaryIdentifier.filter(isNeeded), others]
    .filter((parts) => parts.length > 0)
    .map(text)
    .join(", ");
}
