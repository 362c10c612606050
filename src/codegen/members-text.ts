import type { Property, PropertyType, ResourceProperties } from "@aws-cdk/service-spec-types";
import { commentOf } from "./documentation.ts";
import { documentedValues } from "./documented-values.ts";
import type { References } from "./references.ts";
import { sortMembers } from "./reach.ts";
import { type NameLookup, openUnion, typeText } from "./type-text.ts";

/** What is needed to write members as TypeScript. */
export interface MemberContext extends NameLookup {
  readonly references: References;
}

/** One member of an interface, on a line of its own. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly comment?: string;
}

/** Writes a member; an optional one also takes `undefined`, so that conditions can be written in place. */
export function memberText({ name, type, required, comment = "" }: Member): string {
  return `${comment}  readonly ${name}${required ? `: ${type}` : `?: ${type} | undefined`};\n`;
}

/** What is known of some members beside the specification, by name. */
export interface KnownMembers {
  /** TypeScript types that win over the specification's. */
  readonly types?: Readonly<Record<string, string>>;
  /** Values of text properties; see Note.values. */
  readonly values?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Writes the members of a type or definition as a script may set them. */
export function inputMembers(
  properties: ResourceProperties,
  writing: MemberContext,
  { types = {}, values = {} }: KnownMembers = {},
): string {
  return sortMembers(properties)
    .map(([name, property]) =>
      memberText({
        name,
        type: types[name] ?? typeText(property.type, writing, textOf(property, writing, values[name])),
        required: property.required === true,
        comment: commentOfProperty(property),
      }),
    )
    .join("");
}

/** What stands for the text in a property: the resource that it names, or the values that it is known to take. */
function textOf(
  property: Property,
  { references }: MemberContext,
  noted?: readonly string[],
): string | undefined {
  const targets = new Set(references(property).map((reference) => reference.property));
  if (targets.size > 0) return [...targets].map((target) => `aws.Reference<"${target}">`).join(" | ");
  const values = noted ?? (isText(property.type) ? documentedValues(property.documentation ?? "") : []);
  return values.length > 0 ? openUnion(values) : undefined;
}

const isText = (type: PropertyType): boolean =>
  type.type === "string" ? type.allowedValues === undefined : type.type === "array" && isText(type.element);

const replacing = {
  yes: "Changing it replaces the resource.",
  maybe: "Changing it may replace the resource.",
  no: undefined,
};

function commentOfProperty(property: Property): string {
  const { documentation, causesReplacement = "no", defaultValue, deprecated } = property;
  return commentOf(
    [
      documentation,
      replacing[causesReplacement],
      defaultValue && `@default ${defaultValue}`,
      deprecated && "@deprecated",
    ],
    "  ",
  );
}
