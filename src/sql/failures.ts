import { ResourceError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { SqliteFailure } from "./engine/database.ts";
import type { Table } from "./engine/table.ts";
import { nearestTable } from "./language/names.ts";
import { refuseStatement } from "./language/refuse.ts";
import type { Query } from "./language/statement.ts";

/** What a statement was about when SQLite refused it. */
export interface Refused {
  readonly query: Query;
  readonly tables: readonly Table[];
  /** The tables that no order of the join could ask, with the columns that each has to be asked by. */
  readonly unasked: ReadonlyMap<string, string>;
}

/** What SQLite refuses, as a failure of the statement with its place and what to do; anything else is handed back. */
export function refusalOf(error: unknown, refused: Refused): unknown {
  if (!(error instanceof SqliteFailure)) return error;
  const { query } = refused;
  const { message, offset } = error;
  const isCut = /incomplete input/.test(message);
  const at =
    offset === undefined ? (isCut ? query.given.trimEnd().length : undefined) : query.placeOf(offset);
  const [what, advice] = tellRefusal(message, refused);
  return at === undefined
    ? new ResourceError("VALIDATION", what, { advice })
    : refuseStatement(query.given, at, what, advice);
}

function tellRefusal(message: string, { tables, unasked }: Refused): readonly [what: string, advice: string] {
  const [, column] =
    /no such column: "?([^"]+)"?/.exec(message) ?? /has no column named (.+)$/.exec(message) ?? [];
  if (column !== undefined) return tellColumn(column, tables);
  const [, table] =
    /no such table: (?:temp\.)?(.+)$/.exec(message) ?? /unknown database (.+)$/.exec(message) ?? [];
  if (table !== undefined)
    return [
      `there is no table ${table}`,
      hintFor(nearestTable(table), "SHOW SERVICES and SHOW RESOURCES IN aws.sqs tell which there are."),
    ];
  if (/no query solution/.test(message)) return tellUnasked(unasked);
  if (/incomplete input/.test(message)) return ["the statement ends before it is whole", "Write its rest."];
  return [message, "The statement is SQLite's SQL: https://sqlite.org/lang.html."];
}

function tellColumn(named: string, tables: readonly Table[]): readonly [string, string] {
  const name = named.split(".").at(-1) ?? named;
  const near = nearest(
    name,
    tables.flatMap(({ columns }) => columns.map((column) => column.name)),
  );
  const [first] = tables;
  return [
    `there is no column ${named}`,
    hintFor(near, first ? `DESCRIBE ${first.name} tells which there are.` : "Name a table after FROM."),
  ];
}

const hintFor = (near: string | undefined, otherwise: string): string =>
  near === undefined ? otherwise : `Did you mean ${near}?`;

function tellUnasked(unasked: ReadonlyMap<string, string>): readonly [string, string] {
  const needs = [...unasked].map(([table, columns]) => `${table} by ${columns}`).join("; ");
  return [`nothing says which are meant: ask ${needs}`, "Say them in WHERE, or join a table that has them."];
}
