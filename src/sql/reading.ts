import { ResourceError } from "../errors.ts";
import type { Json } from "../json.ts";
import type { OpenedType } from "../resource/direct/table.ts";
import { type Row, type Runnable, openStatement } from "./engine/database.ts";
import type { Cell, Table, WrittenRow } from "./engine/table.ts";
import { refusalOf } from "./failures.ts";
import { columnsOf } from "./language/columns.ts";
import { liveOf, nearestTable } from "./language/names.ts";
import { refuseStatement } from "./language/refuse.ts";
import { requireRegion } from "./language/regions.ts";
import type { NamedTable, Query } from "./language/statement.ts";
import { type LiveShape, bindingText } from "./reads/choose.ts";
import { liveTable } from "./reads/live-table.ts";
import { type Recorded, entriesName, entriesTable, openEntries } from "./reads/recorded.ts";
import { type FixedRow, type Store, listNeedsOf, openStore } from "./reads/store.ts";
import { isRowWise } from "./reads/row-wise.ts";
import type { SqlOptions } from "./options.ts";
import type { KnownType, World } from "./world.ts";

/** A statement with everything that it is read with. */
export interface Reading {
  /** The names of the columns of its result. */
  readonly columns: readonly string[];
  readonly store: Store;
  /** The shapes of the tables of what is there, by name. */
  readonly shapes: ReadonlyMap<string, LiveShape>;
  /** Runs it over and over until it has read all that it needs. */
  settle(): Promise<{ readonly rows: readonly Row[]; readonly written: readonly WrittenRow[] }>;
  /** The same page by page where each row stands for itself, and holds no more than a page. */
  pages(): AsyncGenerator<readonly Row[]>;
  close(): Promise<void>;
}

/** How a statement is read. */
export interface ReadingOptions extends SqlOptions {
  readonly isStreamed?: boolean;
  /** A table of which these rows are all that there are. */
  readonly fixed?: { readonly name: string; readonly rows: readonly FixedRow[] };
}

/** So many rows are held at a time by who reads page by page. */
const pageOfRows = 500;

/** What a statement finds at hand while its tables are asked. */
interface Bench {
  readonly query: Query;
  readonly world: World;
  readonly options: ReadingOptions;
  readonly store: Store;
  readonly recorded: Recorded;
  /** The regions in which something is known by a text. */
  readonly homes: Map<string, Set<string>>;
  /** What was opened in other regions than the caller's, by type and region. */
  readonly opened: Map<string, OpenedType>;
  /** The tables that some order of the join could not ask, with the columns to ask them by. */
  readonly unasked: Map<string, string>;
  /** Why identifiers that were compared are none of their type's. */
  readonly misfits: ResourceError[];
  /** Whether only a page of rows is held at a time. */
  isWindowed: boolean;
}

function openBench(query: Query, world: World, options: ReadingOptions): Bench {
  const homes: Bench["homes"] = new Map();
  const store = openStore({
    isWindowed: () => bench.isWindowed,
    onRow: (region, names) => {
      // Who holds a page at a time has one table, and asks no other by what is in it.
      for (const name of bench.isWindowed ? [] : names) noteHome(homes, name, region);
    },
  });
  const recorded = openEntries(world.store, options, store);
  const known = { homes, opened: new Map(), unasked: new Map(), misfits: [] };
  const bench: Bench = { query, world, options, store, recorded, ...known, isWindowed: false };
  return bench;
}

/** Opens the tables of a statement and prepares it; what is wrong with it is `VALIDATION`. */
export async function openReading(
  query: Query,
  values: readonly Json[],
  world: World,
  options: ReadingOptions,
): Promise<Reading> {
  const bench = openBench(query, world, options);
  const { store } = bench;
  const shapes = new Map<string, LiveShape>();
  const tables: Table[] = [];
  for (const named of new Map(query.tables.map((table) => [table.name, table])).values()) {
    if (named.name === entriesName) tables.push(recordedIn(bench));
    else tables.push(await liveIn(bench, named, shapes));
  }
  const refusalFor = (error: unknown): unknown => refusalOf(error, { query, tables, unasked: bench.unasked });
  const isUpdate = query.target?.verb === "update";
  const statement = await openStatement({ text: query.text, values, tables, isUpdate }).catch(
    (error: unknown) => {
      throw refusalFor(error);
    },
  );
  const isPaged = options.isStreamed === true && !query.hasLimit && query.target === undefined;
  bench.isWindowed = isPaged && isRowWise(statement.program());
  const settle = (): ReturnType<Reading["settle"]> => settleStatement(statement, bench, refusalFor);
  return {
    columns: statement.columns,
    store,
    shapes,
    settle,
    async *pages() {
      do yield (await settle()).rows;
      while (bench.isWindowed && (await store.turn(pageOfRows)));
    },
    close: async () => {
      statement.close();
      await store.close();
    },
  };
}

const recordedIn = ({ recorded, homes }: Bench): Table =>
  entriesTable(recorded, ({ identifier, home }) => {
    if (identifier !== undefined) noteHome(homes, identifier, home.region);
  });

async function liveIn(bench: Bench, named: NamedTable, shapes: Map<string, LiveShape>): Promise<Table> {
  const { query, world, options, store, recorded, unasked, misfits } = bench;
  const live = requireLive(query, named);
  const known = await world.know(live.type);
  const { facts } = known;
  const columns = columnsOf(facts, live.spelling);
  const shape: LiveShape = { access: live.access, columns, facts, listNeeds: listNeedsOf(known) };
  shapes.set(named.name, shape);
  return liveTable({
    name: named.name,
    shape,
    store,
    recorded,
    regionsFor: (asked) => regionsIn(bench, asked, known),
    openIn: (region) => openIn(bench, { type: live.type, region }, known),
    first: (limit) => {
      if (query.hasLimit) return Math.max(limit ?? 100, 1);
      return bench.isWindowed ? pageOfRows : Infinity;
    },
    fixed: options.fixed?.name === named.name ? options.fixed.rows.map((row) => store.fix(row)) : undefined,
    onUnasked: () => void unasked.set(named.name, bindingText(shape)),
    onMisfit: (error) => void misfits.push(error),
  });
}

/** The type in a region; what is not open yet is asked for. */
function openIn(
  { world, store, opened }: Bench,
  { type, region }: { readonly type: string; readonly region: string },
  { here }: KnownType,
): OpenedType | undefined {
  if (here?.home.region === region) return here;
  requireRegion(region, here?.home.region);
  const key = JSON.stringify([type, region]);
  const found = opened.get(key);
  if (!found) store.need(`open ${key}`, async () => void opened.set(key, await world.open(type, region)));
  return found;
}

/** Runs a statement until nothing is missing any more. Each run knows what the one before has asked for. */
async function settleStatement(
  statement: Runnable,
  { store, misfits }: Bench,
  refusalFor: (error: unknown) => unknown,
): ReturnType<Reading["settle"]> {
  for (;;) {
    const rows: Row[] = [];
    misfits.length = 0;
    const written = runOnce(statement, { rows, store }, refusalFor);
    if (!store.isComplete()) {
      await store.fetch();
      continue;
    }
    const [misfit] = misfits;
    if (misfit && rows.length === 0 && written.length === 0) throw misfit;
    return { rows, written };
  }
}

function runOnce(
  statement: Runnable,
  { rows, store }: { readonly rows: Row[]; readonly store: Store },
  refusalFor: (error: unknown) => unknown,
): readonly WrittenRow[] {
  try {
    // Once something is missing this run is not the last, and its rows are nobody's.
    return statement.run(
      (row) => rows.push(row),
      () => store.isComplete(),
    );
  } catch (error) {
    throw refusalFor(error);
  }
}

function requireLive(query: Query, { name, at }: NamedTable): NonNullable<ReturnType<typeof liveOf>> {
  const live = liveOf(name);
  if (live) return live;
  const near = nearestTable(name);
  const advice =
    near === undefined
      ? "SHOW SERVICES and SHOW RESOURCES IN aws.sqs tell which there are."
      : `Did you mean ${near}?`;
  throw refuseStatement(query.given, at, `there is no table ${name}`, advice);
}

function noteHome(homes: Bench["homes"], text: string, region: string): void {
  const known = homes.get(text);
  if (known) known.add(region);
  else homes.set(text, new Set([region]));
}

/** Where something is asked that the statement names no region for: where what it is known by was found, else here. */
function regionsIn({ homes }: Bench, asked: readonly Cell[], { here }: KnownType): readonly string[] {
  for (const value of asked) {
    const found = typeof value === "string" ? homes.get(value) : undefined;
    if (found) return [...found];
  }
  if (here) return [here.home.region];
  throw new ResourceError("NO_REGION", "the statement names no region, and none is set");
}
