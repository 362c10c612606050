import { UsageError } from "../errors.ts";
import Table from "cli-table3";
import type { Command } from "commander";
import { requireProperties } from "../app/import/property-names.ts";
import { resourceFunction } from "../aws/resource-function.ts";
import type { Props } from "../json.ts";
import { writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { withEnvironment } from "./environment.ts";
import { jsonText } from "../unruly.ts";
import { tellFailure } from "./failing.ts";
import { addPlaceFlags } from "./run-flags.ts";
import { propertiesIn, typeNameOf } from "./type-name.ts";

interface ReadFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly envFile?: string;
  readonly json?: true;
}

const reading = (
  type: string,
  flags: ReadFlags,
): [ReturnType<typeof functionOf>, Pick<ReadFlags, "region" | "profile">] => {
  withEnvironment(flags);
  const { region, profile } = flags;
  return [
    functionOf(type),
    { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) },
  ];
};

const functionOf = (type: string): ReturnType<typeof resourceFunction<Props, Props, string>> =>
  resourceFunction<Props, Props, string>(typeNameOf(type));

function propertiesOf(type: string, pairs: readonly string[]): Props {
  const properties = propertiesIn(pairs) as Props;
  requireProperties(typeNameOf(type), properties);
  return properties;
}

const write = (value: unknown): void => writeOut(`${jsonText(value, 2)}\n`);

/** `await-aws get`: one resource by its identifier. */
export function addGet(program: Command): void {
  addPlaceFlags(program.command("get").argument("<type>").argument("<identifier>"))
    .description("Read one resource by its identifier, as JSON.")
    .option("--json", "the same: it is JSON anyway")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws get S3.Bucket my-bucket\n  await-aws get ApiGatewayV2.Stage 'a1b2c3|live'",
    )
    .action(
      tellFailure(async (type: string, identifier: string, flags: ReadFlags) => {
        const [f, options] = reading(type, flags);
        write(await f.get(identifier, options));
      }),
    );
}

/** `await-aws find`: one resource by what tells it apart. */
export function addFind(program: Command): void {
  addPlaceFlags(program.command("find").argument("<type>").argument("<properties...>"))
    .description("Find the one resource with these properties, as JSON.")
    .option("--json", "the same: it is JSON anyway")
    .addHelpText(
      "after",
      "\nExample:\n  await-aws find ApiGatewayV2.IntegrationResponse ApiId=a1 IntegrationId=b2 IntegrationResponseKey=/200/",
    )
    .action(
      tellFailure(async (type: string, pairs: readonly string[], flags: ReadFlags) => {
        const [f, options] = reading(type, flags);
        const found = await f.find(propertiesOf(type, pairs), options);
        if (!found) throw new UsageError(`no ${typeNameOf(type)} has these properties`);
        write(found);
      }),
    );
}

/** `await-aws list`: all resources of a type, below their parents where the type has some. */
export function addList(program: Command): void {
  addPlaceFlags(program.command("list").argument("<type>").argument("[parents...]"))
    .description("List the resources of a type.")
    .option("--json", "write one JSON document instead of a table")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws list SQS.Queue\n  await-aws list ApiGatewayV2.Route ApiId=a1b2c3 --json",
    )
    .action(
      tellFailure(async (type: string, pairs: readonly string[], flags: ReadFlags) => {
        const [f, options] = reading(type, flags);
        const rows: Props[] = [];
        for await (const row of f.list(propertiesOf(type, pairs), options)) rows.push(row);
        if (flags.json === true) return write(rows);
        writeOut(rows.length === 0 ? "There are none.\n" : `${tableOf(rows)}\n`);
      }),
    );
}

/** The identifier, and the few scalar properties that most rows have. */
function tableOf(rows: readonly Props[]): string {
  const isShort = (value: unknown): boolean => typeof value === "string" && value.length <= 60;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isShort(row[name]))))];
  const shown = names.slice(0, 4);
  const table = new Table({ head: ["identifier", ...shown], style: { head: [], border: [] } });
  for (const row of rows) {
    const cells = [row["identifier"], ...shown.map((name) => row[name])];
    table.push(cells.map((cell) => (typeof cell === "string" ? onOneLine(cell) : "")));
  }
  return table.toString();
}
