import type { Facts, Shape } from "../../schema/facts.ts";
import { snakeOf } from "./names.ts";

/** What the values of a column are. */
export type Datatype = "string" | "integer" | "number" | "boolean" | "array" | "object" | "any";

/** Where the values of a column come from: a property, or what is known beside the properties. */
export type Source =
  | { readonly from: "property"; readonly property: string }
  | { readonly from: "region" | "identifier" | "managed" | "app" | "stage" | "id" | "patch" };

/** A column of a table of what is there. */
export interface Column {
  readonly name: string;
  readonly source: Source;
  readonly datatype: Datatype;
  /** Whether `SELECT *` leaves it out. */
  readonly isHidden: boolean;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly isCreateOnly: boolean;
}

const beside = { isHidden: false, isRequired: false, isReadOnly: true, isCreateOnly: false } as const;

/** The name of the column that holds a resource's identifier, as StackQL has it. */
export const identifierColumn = "data__Identifier";
/** The column that an update sets to the operations of RFC 6902, as StackQL has it. */
export const patchColumn = "data__PatchDocument";

/**
 * The columns of a type: `region` and `data__Identifier`, its properties, and hidden ones that tell who has recorded
 * it. A property that is called as one of those keeps its name; what is recorded is under `record__id` too. Only a
 * property `Region` gives way, to `data__Region`, for every query says where it asks by `region`.
 */
export function columnsOf(facts: Facts, spelling: "aws" | "snake"): readonly Column[] {
  const properties = propertiesOf(facts).map((property) => propertyColumn(facts, property, spelling));
  const taken = new Set(properties.map(({ name }) => name.toLowerCase()));
  const recorded = (["managed", "app", "stage", "id"] as const).flatMap((from) =>
    [from, `record__${from}`]
      .filter((name) => !taken.has(name))
      .map((name): Column => {
        const datatype = from === "managed" ? "boolean" : "string";
        return { ...beside, name, source: { from }, datatype, isHidden: true };
      }),
  );
  return [
    { ...beside, name: "region", source: { from: "region" }, datatype: "string" },
    { ...beside, name: identifierColumn, source: { from: "identifier" }, datatype: "string" },
    ...properties,
    ...recorded,
    { ...beside, name: patchColumn, source: { from: "patch" }, datatype: "string", isHidden: true },
  ];
}

/** The top-level properties of a type, what AWS alone sets included. */
export function propertiesOf(facts: Facts): readonly string[] {
  const { members, attributes = {}, readOnly = [], primaryIdentifier = [] } = facts;
  const beside = [...readOnly, ...Object.keys(attributes), ...primaryIdentifier];
  return [...new Set([...Object.keys(members?.properties ?? {}), ...beside.map(topOf)])];
}

/** The property at the top of a pointer. */
const topOf = (pointer: string): string => pointer.split("/")[1] ?? "";

function propertyColumn(facts: Facts, property: string, spelling: "aws" | "snake"): Column {
  const spelt = spelling === "aws" ? property : snakeOf(property);
  const isIn = (pointers: readonly string[] = []): boolean => pointers.includes(`/${property}`);
  return {
    name: spelt.toLowerCase() === "region" ? `data__${spelt}` : spelt,
    source: { from: "property", property },
    datatype: datatypeOf(facts.members?.properties[property] ?? facts.attributes?.[`/${property}`]),
    isHidden: false,
    isRequired: isIn(facts.required),
    isReadOnly: isIn(facts.readOnly),
    isCreateOnly: isIn(facts.createOnly) || isIn(facts.conditionalCreateOnly),
  };
}

/** One that nobody has told is text, as attributes are that AWS sets. */
function datatypeOf(shape: Shape = "string"): Datatype {
  if (typeof shape === "string") return shape === "json" ? "object" : shape;
  if ("list" in shape) return "array";
  if (!("oneOf" in shape)) return "object";
  const kinds = new Set(shape.oneOf.map(datatypeOf));
  const [only] = kinds;
  return kinds.size === 1 && only ? only : kinds.has("object") || kinds.has("array") ? "object" : "any";
}

const declarations: Readonly<Record<Datatype, string>> = {
  string: "TEXT",
  integer: "INTEGER",
  number: "REAL",
  boolean: "BOOLEAN",
  array: "JSON TEXT",
  object: "JSON TEXT",
  any: "ANY BLOB",
};

/** How a column is declared to SQLite, which compares by it and tells it of results again. */
export const declarationOf = (datatype: Datatype): string => declarations[datatype];
