import { UsageError } from "../errors.ts";
import type { Command } from "commander";
import { appNameOf } from "../app/options/settings.ts";
import { driftText } from "../render/drift-text.ts";
import { summaryText } from "../render/summary-text.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { withEnvironment } from "./environment.ts";
import { tellFailure } from "./failing.ts";
import { addMarkdownFlag } from "./markdown.ts";
import { requireRecordedApp } from "./recorded-app.ts";
import { type RunFlags, addRunFlags } from "./run-flags.ts";
import { run } from "./running.ts";
import { programOf, scriptFor, scriptIfAny } from "./script.ts";
import { withStatedStage } from "./stated.ts";

interface DriftFlags extends RunFlags {
  readonly accept?: true;
  readonly repair?: true;
  readonly detailedExitcode?: true;
  readonly fail?: true;
  readonly all?: true;
  readonly yes?: true;
}

/** `await-aws drift`: compares what is recorded with what is there. */
export function addDrift(program: Command): void {
  addMarkdownFlag(addRunFlags(program.command("drift").argument("[script]").argument("[args...]")))
    .description(
      "Compare what is recorded with what is there: same, drifted, missing, or not comparable and why.",
    )
    .option("--accept", "record what is there, so that the next plan shows how the script differs")
    .option("--repair", "run the script and bring back what it declares")
    .option("--detailed-exitcode", "exit with 2 when something has drifted")
    .option("--fail", "the same")
    .option("--all", "also show what is the same")
    .option(...yesFlag)
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws drift deploy.ts --fail\n  await-aws drift --app shop\n  await-aws drift deploy.ts --repair",
    )
    .action(tellFailure(drift));
  addRunFlags(program.command("refresh").argument("[script]"))
    .description("The same as drift --accept.")
    .option(...yesFlag)
    .action(
      tellFailure((given: string | undefined, flags: DriftFlags) =>
        drift(given, [], { ...flags, accept: true }),
      ),
    );
}

async function drift(given: string | undefined, args: readonly string[], flags: DriftFlags): Promise<void> {
  withEnvironment(flags);
  if (flags.accept === true && flags.repair === true)
    throw new UsageError("--accept and --repair exclude each other");
  await (flags.repair === true ? repair(given, args, flags) : compare(given, flags));
}

async function repair(given: string | undefined, args: readonly string[], flags: DriftFlags): Promise<void> {
  const script = scriptFor(given);
  if (!(await isAgreed(`Run ${script} and bring back all that has drifted?`, flags))) return;
  await run({
    name: appNameOf(script),
    flags,
    program: await programOf(script, args),
    options: { phase: "deploy", refresh: true },
    text: summaryText,
    isResult: false,
  });
}

/** A script that names its app does so when it runs, which to compare it need not. */
async function compare(given: string | undefined, told: DriftFlags): Promise<void> {
  const script = scriptIfAny(given);
  if (script !== undefined) process.argv[1] = script;
  // Another app's script may stand where one works.
  const flags = withStatedStage(told, told.app !== undefined && given === undefined ? undefined : script);
  const { name } = await requireRecordedApp(script, flags);
  const question = `Record what is there of ${name} as if it had been asked for?`;
  if (flags.accept === true && !(await isAgreed(question, flags))) return;
  await run({
    name,
    flags,
    program: () => Promise.resolve(),
    options: { phase: "drift", accept: flags.accept },
    text: (report, style) => driftText(report, style, { all: flags.all === true }),
    isResult: true,
    gates: flags.detailedExitcode === true || flags.fail === true,
  });
}
