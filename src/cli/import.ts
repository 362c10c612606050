import { UsageError } from "../errors.ts";
import type { Command } from "commander";
import { importScript } from "../app/import/import-script.ts";
import { stageFor } from "../app/options/settings.ts";
import type { Event } from "../events.ts";
import { lines } from "../render/lines.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { withEnvironment } from "./environment.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { tellFailure } from "./failing.ts";
import { addPlaceFlags } from "./run-flags.ts";
import { typeNameOf } from "./type-name.ts";

interface ImportFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly envFile?: string;
  readonly tree?: true;
  readonly write?: true;
  readonly app?: string;
  readonly stage?: string;
  readonly yes?: true;
}

/** `await-aws import`: the script that declares what exists. */
export function addImport(program: Command): void {
  addPlaceFlags(program.command("import").argument("<type>").argument("[identifiers...]"))
    .description("Print the script that declares what exists: a plan of it changes nothing.")
    .option("--tree", "with all that lives below; the type may then be left out for an ApiId")
    .option("--write", "record the resources too, so that the script need not adopt")
    .option("--app <name>", "app to record them in; default: default")
    .option("-s, --stage <name>", "stage to record them in")
    .option(...yesFlag)
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws import SQS.Queue https://sqs… > queue.ts\n  await-aws import --tree a1b2c3d4e5 > api.ts",
    )
    .action(
      tellFailure(async (first: string, more: readonly string[], flags: ImportFlags) => {
        withEnvironment(flags);
        const isApi = flags.tree === true && more.length === 0;
        const type = isApi ? "AWS::ApiGatewayV2::Api" : typeNameOf(first);
        const identifiers = isApi ? [first] : more;
        if (identifiers.length === 0) throw new UsageError("import takes a type and one or more identifiers");
        const { region, profile, stage, tree = false, write = false, app = "default" } = flags;
        const resources = identifiers.map((identifier) => ({ type, identifier }));
        const named = `${onOneLine(app)} (${onOneLine(stageFor({ stage }, process.env))})`;
        const asked = `Record ${identifiers.map(onOneLine).join(", ")} in the app ${named}?`;
        if (write && !(await isAgreed(asked, flags))) return;
        const options = { region, profile, stage, onEvent: tellNotices() };
        writeOut(await importScript({ app, resources, tree, write }, options));
      }),
    );
}

/** What is waited for is said; what was found is the script's to say. */
function tellNotices(): (event: Event) => void {
  const tell = lines(writeErr, process.env);
  const isSilent = process.env["AWAIT_AWS_LOG"] === "silent";
  return (event) => {
    if (event.name === "notice" && !isSilent) tell(event);
  };
}
