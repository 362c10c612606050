import type { Json } from "../../json.ts";
import { jsonOf } from "./cells.ts";
import { installTables } from "./module.ts";
import { type Prepared, type Sqlite, loadSqlite } from "./sqlite.ts";
import type { Table, WrittenRow } from "./table.ts";

/** A row of a result, by the names of its columns. */
export type Row = Readonly<Record<string, Json>>;

/** A failure as SQLite tells it. */
export class SqliteFailure extends Error {
  override readonly name = "SqliteFailure";
  /** UTF-16 units into the text where it shows; undefined where that is not told. */
  readonly offset: number | undefined;

  constructor(message: string, offset: number | undefined) {
    super(message);
    this.offset = offset;
  }
}

/** A statement over tables, ready to be run as often as it takes. */
export interface Runnable {
  /** The names of the columns of its result. */
  readonly columns: readonly string[];
  /** Its instructions by name (https://sqlite.org/opcode.html), in order. */
  readonly program: () => readonly string[];
  /**
   * Runs it from the beginning: every row of the result, for as long as rows are wanted at all, and what it writes on
   * the way.
   */
  run(onRow: (row: Row) => void, isWanted: () => boolean): readonly WrittenRow[];
  close(): void;
}

/** What a statement is run with. */
export interface Opening {
  readonly text: string;
  readonly values: readonly Json[];
  readonly tables: readonly Table[];
  readonly isUpdate: boolean;
}

/** Prepares a statement in a database of its own, which holds nothing but these tables; what SQLite refuses is a SqliteFailure. */
export async function openStatement({ text, values, tables, isUpdate }: Opening): Promise<Runnable> {
  const sqlite = await loadSqlite();
  const db = new sqlite.oo1.DB(":memory:");
  const module = installTables(sqlite, db, { tables, isUpdate });
  const close = (): void => {
    db.close();
    module.dispose();
  };
  const tell = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw module.failure() ?? failureIn(sqlite, db, text, error);
    }
  };
  const prepare = (sql: string): Prepared =>
    tell(() => {
      const prepared = db.prepare(sql);
      if (values.length > 0) prepared.bind(values.map(bindable));
      return prepared;
    });
  try {
    const statement = prepare(text);
    const columns = columnsOf(sqlite, statement);
    return {
      columns: columns.map(({ name }) => name),
      program: () => programOf(prepare(`EXPLAIN ${text}`)),
      run: (onRow, isWanted) =>
        tell(() => {
          const written: WrittenRow[] = [];
          module.onWrite((row) => written.push(row));
          while (statement.step()) if (isWanted()) onRow(rowOf(statement, columns));
          statement.reset();
          return written;
        }),
      close: () => {
        statement.finalize();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

const bindable = (value: Json): unknown =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : value;

interface ResultColumn {
  readonly name: string;
  readonly declared: string | null;
}

/** The columns of a result; a name that comes again is told apart by a number, as SQLite itself does in views. */
function columnsOf({ capi }: Sqlite, statement: Prepared): readonly ResultColumn[] {
  const taken = new Set<string>();
  return Array.from({ length: statement.columnCount }, (_, n) => {
    const given = statement.getColumnName(n);
    let name = given;
    for (let i = 1; taken.has(name); i += 1) name = `${given}:${i}`;
    taken.add(name);
    return { name, declared: capi.sqlite3_column_decltype(statement.pointer, n) };
  });
}

const rowOf = (statement: Prepared, columns: readonly ResultColumn[]): Row =>
  Object.fromEntries(columns.map(({ name, declared }, n) => [name, jsonOf(statement.get(n), declared)]));

function programOf(explained: Prepared): readonly string[] {
  const program: string[] = [];
  while (explained.step()) program.push(String(explained.get(1)));
  explained.finalize();
  return program;
}

function failureIn({ capi }: Sqlite, db: object, text: string, error: unknown): SqliteFailure {
  const database = db as Parameters<typeof capi.sqlite3_error_offset>[0];
  const message = capi.sqlite3_errmsg(database);
  const bytes = capi.sqlite3_error_offset(database);
  const told = message === "not an error" && error instanceof Error ? error.message : message;
  const offset = bytes < 0 ? undefined : Buffer.from(text).subarray(0, bytes).toString().length;
  return new SqliteFailure(told, offset);
}
