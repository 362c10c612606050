import type { PropertyType, TypeDefinition } from "@aws-cdk/service-spec-types";
import type { Shape } from "../schema/facts.ts";
import type { Reach } from "./reach.ts";

/** How definitions are found, and what their interfaces are called in the module that is being written. */
export interface NameLookup {
  readonly reach: Reach;
  readonly nameOf: (definition: TypeDefinition) => string;
}

const plainTexts = {
  boolean: "boolean",
  "date-time": "string",
  integer: "number",
  json: "aws.Document",
  null: "null",
  number: "number",
  tag: "aws.Tag",
} as const;

/** The TypeScript type of a property; `text`, where given, stands for the text in it, e.g. a reference. */
export function typeText(type: PropertyType, naming: NameLookup, text?: string): string {
  if (type.type === "string") return text ?? (type.allowedValues ? openUnion(type.allowedValues) : "string");
  if (type.type === "ref") return naming.nameOf(naming.reach(type));
  if (type.type === "array") return listText(typeText(type.element, naming, text));
  if (type.type === "map") return mapText(typeText(type.element, naming, text));
  if (type.type === "union") return unionText(type.types.map((member) => typeText(member, naming, text)));
  return plainTexts[type.type];
}

/** The TypeScript type of a shape that a note tells; notes name no definitions. */
export function shapeText(shape: Shape): string {
  if (typeof shape === "object") {
    if ("list" in shape) return listText(shapeText(shape.list));
    if ("map" in shape) return mapText(shapeText(shape.map));
    if ("oneOf" in shape) return unionText(shape.oneOf.map(shapeText));
    return "unknown";
  }
  if (shape === "json") return "aws.Document";
  if (shape === "any") return "unknown";
  return shape === "integer" ? "number" : shape;
}

/**
 * A union of values and of any other text: AWS adds values faster than anybody upgrades, so that what is known is
 * offered and the rest let through. A value with `${string}` in it is a template.
 */
export function openUnion(values: readonly string[]): string {
  return unionText([...values.map(literalText), "aws.Other"]);
}

function literalText(value: string): string {
  return value.includes("${string}") ? `\`${value}\`` : JSON.stringify(value);
}

function unionText(members: readonly string[]): string {
  const distinct = [...new Set(members)];
  // A document may be text already.
  const needed = distinct.includes("aws.Document")
    ? distinct.filter((member) => member !== "string")
    : distinct;
  return needed.join(" | ");
}

function listText(element: string): string {
  return `readonly ${/ [|&] /.test(element) || element.startsWith("readonly ") ? `(${element})` : element}[]`;
}

function mapText(value: string): string {
  return `{ readonly [name: string]: ${value} }`;
}
