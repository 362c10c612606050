// https://sqlite.org/vtab.html: SQLite asks a virtual table which comparisons it can answer, decides by its own planner
// in which order to ask the tables of a join, and then asks each for the rows that it needs.
import { declarationOf } from "../language/columns.ts";
import { quoteName } from "../language/tokens.ts";
import { cellWriter } from "./cells.ts";
import type { Address, Database, IndexInfo, Sqlite } from "./sqlite.ts";
import type { Cell, Choice, Cursor, Offered, Table, WrittenRow } from "./table.ts";

/** The tables of one statement, as SQLite sees them. */
export interface Module {
  /** What was thrown while SQLite asked a table, which SQLite itself cannot carry. */
  readonly failure: () => unknown;
  /** Tells a listener of each row that is written from now on. */
  readonly onWrite: (listener: (row: WrittenRow) => void) => void;
  dispose(): void;
}

const moduleName = "await_aws";

interface Plan {
  readonly choice: Choice;
  /** Whether the last value that is handed over is the number of rows that are wanted at most. */
  readonly isLimited: boolean;
}

interface OpenTable {
  readonly table: Table;
  readonly plans: Plan[];
}

/** What the methods of a module share. */
interface Ground {
  readonly sqlite: Sqlite;
  readonly tables: readonly Table[];
  /** Whether the statement may hand back columns that it does not set. */
  readonly isUpdate: boolean;
  readonly connected: Map<Address, OpenTable>;
  readonly cursors: Map<Address, { readonly of: OpenTable; rows?: Cursor }>;
  listener: (row: WrittenRow) => void;
  failure: unknown;
}

/** Makes these tables in a database. */
export function installTables(
  sqlite: Sqlite,
  db: Database,
  { tables, isUpdate }: { readonly tables: readonly Table[]; readonly isUpdate: boolean },
): Module {
  const { capi, vtab } = sqlite;
  const writer = cellWriter(sqlite);
  const ground: Ground = {
    sqlite,
    tables,
    isUpdate,
    connected: new Map(),
    cursors: new Map(),
    listener: () => undefined,
    failure: undefined,
  };
  const module = new capi.sqlite3_module();
  vtab.setupModule.call(module, {
    methods: { xCreate: true, xDestroy: true, ...tableMethods(ground), ...rowMethods(ground, writer) },
  });
  capi.sqlite3_create_module(db, moduleName, module, 0);
  for (const [n, { name }] of tables.entries())
    db.exec(`CREATE VIRTUAL TABLE temp.${quoteName(name)} USING ${moduleName}(${n})`);
  return {
    failure: () => ground.failure,
    onWrite: (told) => (ground.listener = told),
    dispose: () => {
      module.dispose();
      writer.free();
    },
  };
}

/** A method as SQLite calls it: what it throws is kept, and SQLite is told that something failed. */
const guard =
  <A extends readonly unknown[]>(ground: Ground, act: (...args: A) => unknown): ((...args: A) => number) =>
  (...args) => {
    try {
      const code = act(...args);
      return typeof code === "number" ? code : 0;
    } catch (error) {
      ground.failure ??= error;
      return ground.sqlite.capi.SQLITE_ERROR;
    }
  };

const lostError = (): Error => new Error("SQLite asks for what was never opened");

function tableMethods(ground: Ground): Readonly<Record<string, (...args: never[]) => number>> {
  const { sqlite, tables, connected, cursors } = ground;
  const { capi, vtab, wasm } = sqlite;
  return {
    xConnect: guard(ground, (database: Address, ...rest: readonly [Address, number, Address, Address]) => {
      const [, count, args, out] = rest;
      const table = tables[Number(wasm.cstrToJs(wasm.peekPtr(args + 4 * (count - 1))))];
      if (!table) throw lostError();
      const code = capi.sqlite3_declare_vtab(database, schemaOf(table));
      if (code === 0) connected.set(vtab.xVtab.create(out).pointer, { table, plans: [] });
      return code;
    }),
    xDisconnect: guard(ground, (table: Address) => {
      connected.delete(table);
      vtab.xVtab.dispose(table);
    }),
    xBestIndex: guard(ground, (address: Address, info: Address) => {
      const of = connected.get(address);
      return of && chooseFor(sqlite, of, info) ? 0 : capi.SQLITE_CONSTRAINT;
    }),
    xOpen: guard(ground, (address: Address, out: Address) => {
      const of = connected.get(address);
      if (!of) throw lostError();
      cursors.set(vtab.xCursor.create(out).pointer, { of });
    }),
    xClose: guard(ground, (cursor: Address) => {
      cursors.delete(cursor);
      vtab.xCursor.dispose(cursor);
    }),
    xUpdate: guard(ground, (address: Address, count: number, args: Address, out: Address) => {
      const of = connected.get(address);
      if (of) ground.listener(writtenRow(sqlite, of.table, count, args));
      if (count > 1) wasm.poke(out, 0n, "i64");
    }),
  };
}

function rowMethods(
  ground: Ground,
  writer: ReturnType<typeof cellWriter>,
): Readonly<Record<string, (...args: never[]) => number>> {
  const { cursors, isUpdate } = ground;
  const { capi, wasm } = ground.sqlite;
  const rowsOf = (cursor: Address): Cursor => {
    const rows = cursors.get(cursor)?.rows;
    if (!rows) throw lostError();
    return rows;
  };
  return {
    xFilter: guard(ground, (address: Address, plan: number, ...rest: readonly [Address, number, Address]) => {
      const [, count, args] = rest;
      const cursor = cursors.get(address);
      const planned = cursor?.of.plans[plan];
      if (!cursor || !planned) throw lostError();
      const values = Array.from(
        { length: count },
        (_, n) => capi.sqlite3_value_to_js(wasm.peekPtr(args + 4 * n)) as Cell,
      );
      const limit = planned.isLimited ? Number(values.pop()) : undefined;
      cursor.rows = cursor.of.table.open(planned.choice, values, limit);
    }),
    xNext: guard(ground, (cursor: Address) => rowsOf(cursor).next()),
    xEof: guard(ground, (cursor: Address) => (rowsOf(cursor).isAtEnd() ? 1 : 0)),
    xColumn: guard(ground, (cursor: Address, context: Address, column: number) => {
      // Of a row that is updated SQLite reads the other columns only to hand them back.
      if (isUpdate && capi.sqlite3_vtab_nochange(context)) return;
      writer.put(context, rowsOf(cursor).cell(column));
    }),
    xRowid: guard(ground, (cursor: Address, out: Address) => {
      wasm.poke(out, BigInt(rowsOf(cursor).rowid()), "i64");
    }),
  };
}

const schemaOf = ({ columns }: Table): string =>
  `CREATE TABLE x(${columns
    .map(({ name, datatype, isHidden }) =>
      [quoteName(name), declarationOf(datatype), ...(isHidden ? ["HIDDEN"] : [])].join(" "),
    )
    .join(", ")})`;

/** Lets the table weigh what is offered; false where it cannot be asked in this order. */
function chooseFor({ capi, vtab, wasm }: Sqlite, of: OpenTable, address: Address): boolean {
  const info = vtab.xIndexInfo(address);
  try {
    const offered = Array.from({ length: info.$nConstraint }, (_, n) => {
      const constraint = info.nthConstraint(n);
      const { $iColumn: column, $op: op, $usable: usable } = constraint;
      constraint.dispose();
      const isEqual =
        op === capi.SQLITE_INDEX_CONSTRAINT_EQ && capi.sqlite3_vtab_collation(address, n) === "BINARY";
      return { column, op, isEqual, isUsable: usable !== 0 };
    });
    const choice = of.table.choose(offered.filter(({ op }) => op !== capi.SQLITE_INDEX_CONSTRAINT_LIMIT));
    if (!choice) return false;
    const limit =
      info.$nOrderBy === 0
        ? offered.findIndex(({ op, isUsable }) => isUsable && op === capi.SQLITE_INDEX_CONSTRAINT_LIMIT)
        : -1;
    const used = choice.by.map((column) => usedAt(offered, column));
    for (const [i, n] of [...used, ...(limit < 0 ? [] : [limit])].entries()) handOver(info, n, i + 1);
    info.$idxNum = of.plans.push({ choice, isLimited: limit >= 0 }) - 1;
    info.$estimatedCost = choice.cost;
    // Its member takes no bigint, which alone has 64 bits.
    const { offset } = capi.sqlite3_index_info.structInfo.members.estimatedRows;
    wasm.poke(address + offset, BigInt(Math.max(1, Math.round(choice.rows))), "i64");
    return true;
  } finally {
    info.dispose();
  }
}

const usedAt = (offered: readonly Offered[], column: number): number =>
  offered.findIndex((one) => one.column === column && one.isEqual && one.isUsable);

function handOver(info: IndexInfo, n: number, place: number): void {
  const usage = info.nthConstraintUsage(n);
  usage.$argvIndex = place;
  usage.dispose();
}

/** https://sqlite.org/vtab.html#xupdate */
function writtenRow({ capi, wasm }: Sqlite, { name }: Table, count: number, args: Address): WrittenRow {
  const at = (n: number): Address => wasm.peekPtr(args + 4 * n);
  const cellAt = (n: number): Cell => capi.sqlite3_value_to_js(at(n)) as Cell;
  const before = cellAt(0);
  const rowid = before === null ? undefined : Number(before);
  if (count === 1) return { table: name, rowid, values: undefined };
  const set = Array.from({ length: count - 2 }, (_, n) => n).filter((n) =>
    rowid === undefined ? cellAt(n + 2) !== null : !capi.sqlite3_value_nochange(at(n + 2)),
  );
  return { table: name, rowid, values: new Map(set.map((n) => [n, cellAt(n + 2)])) };
}
