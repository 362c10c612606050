import { ResourceError } from "../errors.ts";
import type { Json } from "../json.ts";
import type { Row } from "./engine/database.ts";
import { refuseStatement } from "./language/refuse.ts";
import { type Query, readStatement } from "./language/statement.ts";
import { openReading } from "./reading.ts";
import { answerAsking } from "./show.ts";
import type { SqlOptions } from "./options.ts";
import { openWorld } from "./world.ts";
import { runWrite } from "./writes.ts";

/** What a statement has come to. */
export interface Outcome {
  /** The names of the columns, in order. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** How many resources it has written, or would have; undefined for one that only reads. */
  readonly written: number | undefined;
}

/** Runs one statement whose places stand for these values, and resolves with all of its rows. */
export async function runStatement(
  given: string,
  values: readonly Json[],
  options: SqlOptions,
): Promise<Outcome> {
  const statement = readStatement(given);
  const world = openWorld(options);
  if (statement.kind !== "query") {
    const rows = await answerAsking(given, statement, world);
    return { columns: Object.keys(rows[0] ?? {}), rows, written: undefined };
  }
  requirePlaces(statement, values);
  if (statement.target) {
    const outcome = await runWrite(statement, statement.target, { values, world, options });
    return { columns: Object.keys(outcome.rows[0] ?? {}), ...outcome };
  }
  const reading = await openReading(statement, values, world, options);
  try {
    return { columns: reading.columns, rows: (await reading.settle()).rows, written: undefined };
  } finally {
    await reading.close();
  }
}

/** The same row by row: where each row stands for itself, no more than a page of resources is held at a time. */
export async function* streamStatement(
  given: string,
  values: readonly Json[],
  options: SqlOptions,
): AsyncGenerator<Row> {
  const statement = readStatement(given);
  if (statement.kind !== "query" || statement.target) {
    yield* (await runStatement(given, values, options)).rows;
    return;
  }
  requirePlaces(statement, values);
  const reading = await openReading(statement, values, openWorld(options), { ...options, isStreamed: true });
  try {
    for await (const rows of reading.pages()) yield* rows;
  } finally {
    await reading.close();
  }
}

function requirePlaces({ given, places }: Query, values: readonly Json[]): void {
  if (places.length === values.length) return;
  const advice = "A value stands outside of quotes, as in WHERE queue_name = ${name}.";
  if (places.length < values.length)
    throw new ResourceError(
      "VALIDATION",
      `${values.length} values are bound, and the statement has ${places.length} places for them`,
      { advice },
    );
  throw refuseStatement(
    given,
    places[values.length] ?? 0,
    "the statement has a place for a value, and none is given for it",
    advice,
  );
}
