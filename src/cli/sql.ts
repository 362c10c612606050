import { readFileSync } from "node:fs";
import Table from "cli-table3";
import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { type Outcome, runStatement } from "../sql/run.ts";
import { jsonText } from "../unruly.ts";
import { withEnvironment } from "./environment.ts";
import { tellFailure } from "./failing.ts";
import { addPlaceFlags, storeFlag } from "./run-flags.ts";

interface SqlFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly envFile?: string;
  readonly app?: string;
  readonly store?: string;
  readonly stage?: string;
  readonly file?: string;
  readonly json?: true;
  readonly csv?: true;
  readonly force?: true;
  readonly dryRun?: true;
}

const help = `
Examples:
  await-aws sql "SELECT queue_name FROM aws.sqs.queues WHERE NOT managed"
  await-aws sql "SHOW RESOURCES IN aws.apigatewayv2"
  await-aws sql --csv --file inventory.sql > inventory.csv
  await-aws sql --dry-run "UPDATE aws.sqs.queues SET delay_seconds = 5 WHERE queue_name LIKE 'test-%'"

Tables are aws.<service>.<resource> (the plural lists, the singular is one by its identifier), the same by AWS's own
names ("AWS::SQS::Queue"), and state.entries: what is recorded. The SQL is SQLite's.`;

/** `await-aws sql`: a statement over what is there and what is recorded. */
export function addSql(program: Command): void {
  addPlaceFlags(program.command("sql").argument("[statement]"))
    .description("Ask and write what is there, and ask what is recorded, by SQL.")
    .option(
      "--file <file>",
      "read the statement from a file; without one and without a statement, from stdin",
    )
    .option("--app <name>", "the only app whose entries count as recorded; default: every app's")
    .option("-s, --stage <name>", "the only stage whose entries count as recorded; default: every stage's")
    .option(...storeFlag)
    .option("--json", "write one JSON document instead of a table")
    .option("--csv", "write comma-separated values instead of a table")
    .option("--dry-run", "send no write, and tell what would be sent")
    .option("--force", "write to what an app manages too")
    .addHelpText("after", help)
    .action(
      tellFailure(async (given: string | undefined, flags: SqlFlags) => {
        withEnvironment(flags);
        // The default app would take them for a script's: all that it needs to know of them is told below.
        process.argv.splice(2);
        if (flags.json === true && flags.csv === true)
          throw new UsageError("sql takes --json or --csv, not both");
        const { region, profile, store, app, stage, force, dryRun } = flags;
        const statement = await statementFrom(given, flags.file);
        show(await runStatement(statement, [], { region, profile, store, app, stage, force, dryRun }), flags);
      }),
    );
}

async function statementFrom(given: string | undefined, file: string | undefined): Promise<string> {
  if (given !== undefined && file !== undefined)
    throw new UsageError("sql takes a statement or --file, not both");
  if (given !== undefined && given !== "-") return given;
  if (file !== undefined) return readStatementFile(file);
  if (given === undefined && process.stdin.isTTY)
    throw new UsageError('sql takes a statement, e.g. await-aws sql "SHOW SERVICES"');
  process.stdin.setEncoding("utf8");
  const parts: string[] = [];
  for await (const part of process.stdin) parts.push(String(part));
  return parts.join("");
}

function readStatementFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--file ${file} cannot be read: ${why}`, { cause: error });
  }
}

function show({ rows, written, columns }: Outcome, { json, csv, dryRun }: SqlFlags): void {
  if (json === true) writeOut(`${jsonText(rows, 2)}\n`);
  else if (csv === true) writeOut(csvOf(columns, rows));
  else if (rows.length > 0) writeOut(`${tableOf(columns, rows)}\n`);
  else if (written === undefined) writeOut("There are none.\n");
  if (written === undefined) return;
  const what = written === 1 ? "1 resource" : `${written} resources`;
  writeErr(dryRun === true ? `${what} would be written; nothing was sent.\n` : `${what} written.\n`);
}

type Rows = Outcome["rows"];

const textOf = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

function tableOf(columns: readonly string[], rows: Rows): string {
  const table = new Table({ head: [...columns], style: { head: [], border: [] } });
  for (const row of rows) table.push(columns.map((name) => onOneLine(textOf(row[name]))));
  return table.toString();
}

/** As in RFC 4180, but for the ends of lines. */
function csvOf(columns: readonly string[], rows: Rows): string {
  const line = (cells: readonly string[]): string => `${cells.map(quoteCell).join(",")}\n`;
  return [line(columns), ...rows.map((row) => line(columns.map((name) => textOf(row[name]))))].join("");
}

const quoteCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
