import { ResourceError, isResourceError } from "../../errors.ts";
import type { Json, Props } from "../../json.ts";
import { parseIdentifier } from "../../schema/identifier.ts";
import type { OpenedType } from "../../resource/direct/table.ts";
import { cellOf } from "../engine/cells.ts";
import type { Cell, Choice, Cursor, Table } from "../engine/table.ts";
import type { Column } from "../language/columns.ts";
import { type LiveShape, chooseReading, partNames, ways } from "./choose.ts";
import type { Recorded, RecordedEntry } from "./recorded.ts";
import type { ListPlace, LiveList } from "./lists.ts";
import type { LiveRow } from "./rows.ts";
import type { Store } from "./store.ts";

/** What a table of what is there is read with. */
export interface LiveReading {
  readonly name: string;
  readonly shape: LiveShape;
  readonly store: Store;
  readonly recorded: Recorded;
  /** Where to ask where the query does not say: by a value that it knows the resource by. */
  readonly regionsFor: (values: readonly Cell[]) => readonly string[];
  /** The type in a region; undefined where it is still to be opened. */
  readonly openIn: (region: string) => OpenedType | undefined;
  /** How many rows of a list are fetched at first. */
  readonly first: (limit: number | undefined) => number;
  /** The only rows that there are, where that is known. */
  readonly fixed: readonly LiveRow[] | undefined;
  /** Tells that no order of the join knows what this table has to be asked with. */
  readonly onUnasked: () => void;
  /** Tells of an identifier that is none of this type. */
  readonly onMisfit: (error: ResourceError) => void;
}

/** A type's resources as a table of SQLite. */
export function liveTable(reading: LiveReading): Table {
  const { name, shape } = reading;
  return {
    name,
    columns: shape.columns,
    choose: (offered) => {
      const choice = reading.fixed
        ? { way: "fixed", by: [], cost: 1, rows: 1 }
        : chooseReading(shape, offered);
      if (!choice) reading.onUnasked();
      return choice;
    },
    open: (choice, values, limit) => {
      if (reading.fixed) return cursorOver(reading, [{ rows: reading.fixed }]);
      if (values.includes(null)) return cursorOver(reading, []);
      const asked = partRegion(reading, choice, values);
      const opened = asked.regions.map(reading.openIn).filter((of) => of !== undefined);
      if (choice.way.startsWith(ways.list)) return listCursor(reading, opened, { ...asked, limit });
      const rows = opened.map((of) => singleOf(reading, of, asked)).filter((row) => row !== undefined);
      return cursorOver(reading, [{ rows }]);
    },
  };
}

/** What is asked of a table. */
interface Asked {
  readonly regions: readonly string[];
  /** The columns that are compared beside the region: those that name the resource or its parents. */
  readonly by: readonly number[];
  readonly values: readonly Cell[];
  /** One more by which a list is narrowed down. */
  readonly index: { readonly column: number; readonly text: string } | undefined;
}

function partRegion({ shape, regionsFor }: LiveReading, choice: Choice, values: readonly Cell[]): Asked {
  const isGiven = shape.columns[choice.by[0] ?? -1]?.source.from === "region";
  const [by, rest] = isGiven ? [choice.by.slice(1), values.slice(1)] : [choice.by, values];
  const below = choice.way.startsWith(ways.list) ? Number(choice.way.slice(ways.list.length + 1)) : by.length;
  const [column, text] = [by[below], rest[below]];
  const names = rest.slice(0, below);
  return {
    regions: isGiven ? [String(values[0])] : regionsFor(names),
    by: by.slice(0, below),
    values: names,
    index: column === undefined ? undefined : { column, text: String(text) },
  };
}

function singleOf(
  { shape, store, onMisfit }: LiveReading,
  of: OpenedType,
  { by, values }: Asked,
): LiveRow | undefined {
  const isWhole = shape.columns[by[0] ?? -1]?.source.from === "identifier";
  const names = partNames(of.facts) ?? [];
  const given = isWhole
    ? String(values[0])
    : Object.fromEntries(names.map((name, i) => [name, String(values[i])]));
  try {
    const identifier = parseIdentifier(of.facts, given, { slash: of.note?.slashIdentifier === true });
    return store.one(of, identifier);
  } catch (error) {
    if (!isResourceError(error)) throw error;
    onMisfit(error);
    return undefined;
  }
}

function listCursor(
  reading: LiveReading,
  opened: readonly OpenedType[],
  { by, values, index, limit }: Asked & { readonly limit: number | undefined },
): Cursor {
  const { shape, store } = reading;
  const parents: Props = Object.fromEntries(
    by.map((column, i) => [propertyAt(shape.columns, column), jsonIn(values[i] ?? null)]),
  );
  const stretches = opened.map((of): Stretch => {
    if (!of.isListed) throw unlistedError(of.type);
    const place = { of, parents };
    const list = store.list(place, reading.first(limit));
    const narrowed = index && indexedIn(reading, list, index.column);
    const rows = narrowed ? (narrowed.get(index.text) ?? []) : list.rows;
    return { rows, rest: list.isWhole ? undefined : place };
  });
  return cursorOver(reading, stretches);
}

const unlistedError = (type: string): ResourceError =>
  new ResourceError("UNSUPPORTED_TYPE", "Cloud Control has no list of this type", {
    type,
    advice: "Ask for the one that is meant: WHERE data__Identifier = '…'.",
  });

const propertyAt = (columns: readonly Column[], column: number): string => {
  const source = columns[column]?.source;
  return source?.from === "property" ? source.property : "";
};

const jsonIn = (cell: Cell): Json => (typeof cell === "bigint" ? String(cell) : cell);

/** The rows of a list by the text in a column; undefined where some row is not known there yet, or holds no text. */
function indexedIn(
  { shape }: LiveReading,
  { rows, isWhole, indexes }: LiveList,
  column: number,
): ReadonlyMap<string, readonly LiveRow[]> | undefined {
  const property = propertyAt(shape.columns, column);
  const known = indexes.get(property);
  if (known || !isWhole) return known;
  const index = new Map<string, LiveRow[]>();
  for (const row of rows) {
    const value = row.live ? (row.live[property] ?? row.shown[property]) : row.shown[property];
    if (typeof value !== "string" && !(row.live && value === undefined)) return undefined;
    if (typeof value !== "string") continue;
    const same = index.get(value);
    if (same) same.push(row);
    else index.set(value, [row]);
  }
  indexes.set(property, index);
  return index;
}

/** Rows that are at hand, and where there are more of them. */
interface Stretch {
  readonly rows: readonly LiveRow[];
  readonly rest?: ListPlace | undefined;
}

/** Goes along stretches of rows; at the end of one that is not whole it asks for more. */
function cursorOver(reading: LiveReading, stretches: readonly Stretch[]): Cursor {
  const { shape, store, recorded } = reading;
  let [stretch, at] = [0, 0];
  const settle = (): void => {
    for (let here = stretches[stretch]; here; here = stretches[stretch]) {
      while (here.rows[at]?.isGone === true) at += 1;
      if (at < here.rows.length) return;
      if (here.rest) store.more(here.rest);
      [stretch, at] = [stretch + 1, 0];
    }
  };
  const current = (): LiveRow => {
    const row = stretches[stretch]?.rows[at];
    if (!row) throw new Error("a row is read past the end");
    return row;
  };
  settle();
  return {
    isAtEnd: () => stretch >= stretches.length,
    next: () => {
      at += 1;
      settle();
    },
    cell: (column) => cellAt({ store, recorded }, current(), shape.columns[column]),
    rowid: () => current().rowid,
  };
}

function cellAt(
  { store, recorded }: Pick<LiveReading, "store" | "recorded">,
  row: LiveRow,
  column: Column | undefined,
): Cell {
  switch (column?.source.from) {
    case "property":
      return cellOf(store.value(row, column.source.property));
    case "region":
      return row.region;
    case "identifier":
      return row.identifier;
    case "patch":
    case undefined:
      return null;
    case "managed":
      return recorded.recordOf(row) ? 1 : 0;
    case "app":
    case "stage":
    case "id":
      return recordedAt(recorded.recordOf(row), column.source.from);
  }
}

const recordedAt = (record: RecordedEntry | undefined, what: "app" | "stage" | "id"): Cell =>
  (what === "id" ? record?.entry.id : record?.[what]) ?? null;
