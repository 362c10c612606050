import { UsageError } from "../../errors.ts";

// The types that the package brings miss the members of its structs, so what is used here is spelt out.
// https://sqlite.org/wasm/doc/trunk/api-c-style.md

/** An address in the memory of the WebAssembly. */
export type Address = number;

/** A constraint of `sqlite3_index_info`. */
interface IndexConstraint {
  readonly $iColumn: number;
  readonly $op: number;
  readonly $usable: number;
  dispose(): void;
}

interface IndexConstraintUsage {
  $argvIndex: number;
  dispose(): void;
}

/** `sqlite3_index_info`: what a query asks of a table, and how the table answers. */
export interface IndexInfo {
  readonly $nConstraint: number;
  readonly $nOrderBy: number;
  $idxNum: number;
  $estimatedCost: number;
  nthConstraint(n: number): IndexConstraint;
  nthConstraintUsage(n: number): IndexConstraintUsage;
  dispose(): void;
}

type Method = (...args: never[]) => number;

interface StructMapper {
  create(place: Address): { readonly pointer: Address };
  dispose(address: Address): void;
}

/** A prepared statement. */
export interface Prepared {
  readonly pointer: Address;
  readonly columnCount: number;
  bind(values: readonly unknown[]): void;
  step(): boolean;
  reset(): void;
  get(column: number): unknown;
  getColumnName(column: number): string;
  finalize(): void;
}

/** An open database. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Prepared;
  close(): void;
}

/** SQLite as WebAssembly, as far as it is used here. */
export interface Sqlite {
  readonly config: { warn: () => void };
  readonly oo1: { readonly DB: new (name: string) => Database };
  readonly capi: {
    readonly sqlite3_index_info: {
      readonly structInfo: { readonly members: { readonly estimatedRows: { readonly offset: number } } };
    };
    readonly sqlite3_module: new () => { dispose(): void };
    readonly SQLITE_INDEX_CONSTRAINT_EQ: number;
    readonly SQLITE_INDEX_CONSTRAINT_LIMIT: number;
    readonly SQLITE_CONSTRAINT: number;
    readonly SQLITE_ERROR: number;
    sqlite3_create_module(db: Database, name: string, module: object, data: number): number;
    sqlite3_declare_vtab(db: Address, sql: string): number;
    sqlite3_value_to_js(value: Address): unknown;
    sqlite3_value_nochange(value: Address): number;
    sqlite3_vtab_nochange(context: Address): number;
    sqlite3_vtab_collation(info: Address, n: number): string | null;
    sqlite3_column_decltype(statement: Address, column: number): string | null;
    sqlite3_error_offset(db: Database): number;
    sqlite3_errmsg(db: Database): string;
  };
  readonly wasm: {
    readonly exports: {
      sqlite3_result_null(context: Address): void;
      sqlite3_result_int(context: Address, value: number): void;
      sqlite3_result_int64(context: Address, value: bigint): void;
      sqlite3_result_double(context: Address, value: number): void;
      sqlite3_result_text(context: Address, text: Address, bytes: number, destructor: number): void;
    };
    peekPtr(address: Address): Address;
    poke(address: Address, value: number | bigint, type: string): void;
    cstrToJs(address: Address): string | null;
    alloc(bytes: number): Address;
    dealloc(address: Address): void;
    heap8u(): Uint8Array;
  };
  readonly vtab: {
    readonly xVtab: StructMapper;
    readonly xCursor: StructMapper;
    xIndexInfo(address: Address): IndexInfo;
    readonly setupModule: {
      call(module: object, options: { readonly methods: Readonly<Record<string, Method | true>> }): void;
    };
  };
}

/** The version that this one is tested with. */
const tested = "@sqlite.org/sqlite-wasm@3.50.4-build1";

let loading: Promise<Sqlite> | undefined;

/** Loads SQLite once; where it is not installed, a UsageError says what to install. */
export const loadSqlite = (): Promise<Sqlite> => (loading ??= load());

async function load(): Promise<Sqlite> {
  const { default: init } = await import("@sqlite.org/sqlite-wasm").catch((cause: unknown) => {
    throw new UsageError(`SQL needs SQLite, which is not installed here: npm i ${tested}`, { cause });
  });
  const silent = (): void => undefined;
  const sqlite = (await init({ print: silent, printErr: silent })) as unknown as Partial<Sqlite>;
  // It tells the console of each statement that fails, and whoever asked is told by the failure itself.
  if (sqlite.config) sqlite.config.warn = silent;
  if (sqlite.vtab && sqlite.capi && sqlite.wasm && sqlite.oo1) return sqlite as Sqlite;
  throw new UsageError(`the SQLite that is installed here has no virtual tables: npm i ${tested}`);
}
