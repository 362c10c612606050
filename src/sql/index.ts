import { UsageError } from "../errors.ts";
import { isProps, type Json } from "../json.ts";
import { type OptionNames, requireKnownOptions } from "../known-options.ts";
import type { Row } from "./engine/database.ts";
import { runStatement, streamStatement } from "./run.ts";
import type { SqlOptions } from "./options.ts";

export type { Row } from "./engine/database.ts";
export type { SqlOptions } from "./options.ts";

/** What may be bound in a statement; a list stands for its values, parted by commas, as `IN` takes them. */
export type SqlValue = Json | bigint | undefined | readonly (Json | bigint)[];

/**
 * Runs SQL over what is there and what is recorded. Tables are `aws.<service>.<resource>` (`aws.sqs.queues` for lists,
 * `aws.sqs.queue` for one by its identifier), the same by AWS's own names (`"AWS::SQS::Queue"`), and `state.entries`.
 * The SQL is SQLite's, which has to be installed beside: `npm i @sqlite.org/sqlite-wasm`.
 */
export interface Sql {
  /**
   * Runs a statement and resolves with its rows. Values are bound, and never become part of the statement; what cannot
   * be right is a ResourceError with a code, before anything is written.
   * @example
   * const rows = await sql`SELECT queue_name FROM aws.sqs.queues WHERE region IN (${["us-east-1", "eu-west-1"]})`;
   */
  <R extends Row = Row>(statement: TemplateStringsArray, ...values: readonly SqlValue[]): Promise<R[]>;
  /**
   * The same row by row. Where each row stands for itself (no join, order, group or limit) no more than a page of
   * resources is held at a time, however many there are.
   */
  stream<R extends Row = Row>(
    statement: TemplateStringsArray,
    ...values: readonly SqlValue[]
  ): AsyncGenerator<R, void>;
  /** The same with other options: another region or store, `force`, `dryRun`. */
  with(options: SqlOptions): Sql;
}

const optionNames: OptionNames<SqlOptions> = {
  region: true,
  profile: true,
  store: true,
  app: true,
  stage: true,
  force: true,
  dryRun: true,
  signal: true,
};

function sqlWith(options: SqlOptions): Sql {
  const run = async (statement: TemplateStringsArray, ...values: readonly SqlValue[]): Promise<Row[]> => {
    const { text, bound } = bind(statement, values);
    return [...(await runStatement(text, bound, options)).rows];
  };
  const stream = (statement: TemplateStringsArray, ...values: readonly SqlValue[]): AsyncGenerator<Row> => {
    const { text, bound } = bind(statement, values);
    return streamStatement(text, bound, options);
  };
  const others = {
    stream,
    with: (more: SqlOptions): Sql => {
      requireKnownOptions("sql.with()", more, optionNames);
      return sqlWith({ ...options, ...more });
    },
  };
  return Object.assign(run, others) as Sql;
}

/** SQL over what is there and what is recorded; see Sql. */
export const sql: Sql = sqlWith({});

/** The statement with a place for each value, and the values in their order. */
function bind(
  statement: TemplateStringsArray,
  values: readonly SqlValue[],
): { readonly text: string; readonly bound: readonly Json[] } {
  if (!Array.isArray(statement) || !("raw" in statement))
    throw new UsageError("sql is a tag: write sql`SELECT …`, with values as ${…}");
  const bound: Json[] = [];
  const places = values.map((value) => {
    if (!Array.isArray(value)) return `?${bound.push(readValue(value))}`;
    return value.map((one: unknown) => `?${bound.push(readValue(one))}`).join(", ");
  });
  return { text: statement.map((part, i) => part + (places[i] ?? "")).join(""), bound };
}

function readValue(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isProps(value) && Object.getPrototypeOf(value) === Object.prototype) return value;
  throw new UsageError(
    `a value of SQL is text, a number, a boolean, null, an object or a list of those; given was ${typeof value}`,
  );
}
