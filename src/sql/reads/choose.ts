import { segmentsOf } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import { type Column, identifierColumn } from "../language/columns.ts";
import type { LiveName } from "../language/names.ts";
import type { Choice, Offered } from "../engine/table.ts";

/** What is known of a table of what is there, before anything is read. */
export interface LiveShape {
  readonly access: LiveName["access"];
  readonly columns: readonly Column[];
  readonly facts: Facts;
  /** The properties without which it is not listed: sets of which one is enough. */
  readonly listNeeds: readonly (readonly string[])[];
}

/** Ways to ask a table. */
export const ways = { byIdentifier: "by identifier", byParts: "by parts", list: "list" } as const;

/**
 * Decides how a table is asked where these columns are compared: one resource where its whole identifier is known,
 * else the list below its parents. Undefined where neither can be; SQLite then tries another order of the join.
 */
export function chooseReading(shape: LiveShape, offered: readonly Offered[]): Choice | undefined {
  const known = new Set(
    offered.filter(({ isEqual, isUsable }) => isEqual && isUsable).map(({ column }) => column),
  );
  const at = (properties: readonly string[]): readonly number[] =>
    properties.map((name) => columnFor(shape.columns, name));
  const isKnown = (columns: readonly number[]): boolean =>
    columns.length > 0 && columns.every((column) => known.has(column));
  const region = shape.columns.findIndex(({ source }) => source.from === "region");
  const withRegion = (columns: readonly number[]): readonly number[] =>
    known.has(region) ? [region, ...columns] : columns;
  const named = shape.columns.findIndex(({ name }) => name === identifierColumn);
  if (known.has(named)) return { way: ways.byIdentifier, by: withRegion([named]), cost: 10, rows: 1 };
  const parts = at(partNames(shape.facts) ?? []);
  if (isKnown(parts)) return { way: ways.byParts, by: withRegion(parts), cost: 10, rows: 1 };
  if (shape.access === "one") return undefined;
  const sets = shape.listNeeds.map(at);
  const parents = sets.find(isKnown);
  if (sets.length > 0 && !parents) return undefined;
  const below = parents ?? belowOf(shape, known);
  const [index] = [...known].filter(
    (column) => column !== region && !below.includes(column) && isText(shape.columns[column]),
  );
  const narrowed = index === undefined ? 1 : 20;
  const by = [...withRegion(below), ...(index === undefined ? [] : [index])];
  return {
    way: `${ways.list} ${below.length}`,
    by,
    cost: (below.length > 0 ? 500 : 5000) / narrowed,
    rows: (below.length > 0 ? 25 : 1000) / narrowed,
  };
}

/** The parents of a type that names none: those parts of its identifier that are known and are names of other resources. */
function belowOf({ facts, columns }: LiveShape, known: ReadonlySet<number>): readonly number[] {
  const parts = partNames(facts) ?? [];
  if (parts.length < 2) return [];
  return parts
    .filter((name) => Object.hasOwn(facts.references ?? {}, `/${name}`))
    .map((name) => columnFor(columns, name))
    .filter((column) => known.has(column));
}

/** The properties that make up the identifier; undefined where one lies deeper than a column. */
export function partNames({ primaryIdentifier = [] }: Facts): readonly string[] | undefined {
  const parts = primaryIdentifier.map(segmentsOf);
  return parts.every(({ length }) => length === 1) ? parts.map(([name = ""]) => name) : undefined;
}

const columnFor = (columns: readonly Column[], property: string): number =>
  columns.findIndex(({ source }) => source.from === "property" && source.property === property);

/** Only text is looked up in an index: SQLite compares numbers by value, however they are written. */
const isText = (column: Column | undefined): boolean =>
  column?.datatype === "string" && column.source.from === "property";

/**
 * The columns that a query has to say for a table to be asked, in words: what its identifier takes, and what its list.
 */
export function bindingText({ access, columns, facts, listNeeds }: LiveShape): string {
  const spell = (properties: readonly string[]): string =>
    properties.map((name) => columns[columnFor(columns, name)]?.name ?? name).join(" and ");
  const parts = partNames(facts) ?? [];
  const one = `${identifierColumn} = '…'${parts.length > 0 ? `, or ${spell(parts)}` : ""}`;
  if (access === "one") return one;
  return listNeeds.map(spell).join(", or ");
}
