import type { Property, ResourceProperties } from "@aws-cdk/service-spec-types";
import type { Reference } from "../schema/facts.ts";
import { commentOf } from "./documentation.ts";
import type { References } from "./references.ts";
import { sorted } from "./spec.ts";
import { type Naming, typeText } from "./type-text.ts";

/** What is needed to write members as TypeScript. */
export interface Writing extends Naming {
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

/** Writes the members of a type or definition as a script may set them; `known` types win. */
export function inputMembers(
  properties: ResourceProperties,
  writing: Writing,
  known: Readonly<Record<string, string>> = {},
): string {
  return sorted(properties)
    .map(([name, property]) =>
      memberText({
        name,
        type: known[name] ?? typeText(property.type, writing, referenceText(writing.references(property))),
        required: property.required === true,
        comment: commentOfProperty(property),
      }),
    )
    .join("");
}

/** What stands for the text that names another resource. */
function referenceText(targets: readonly Reference[]): string {
  const names = new Set(targets.map(({ property }) => property));
  return [...names].map((name) => `aws.Reference<"${name}">`).join(" | ") || "string";
}

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
