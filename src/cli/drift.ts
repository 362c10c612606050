import type { Command } from "commander";
import { appNameOf } from "../app/settings.ts";
import { driftText } from "../render/drift-text.ts";
import { summaryText } from "../render/summary-text.ts";
import { withEnvironment } from "./environment.ts";
import { failing } from "./failing.ts";
import { recordedApp } from "./recorded-app.ts";
import { type RunFlags, addRunFlags } from "./run-flags.ts";
import { type Task, run } from "./running.ts";
import { programOf, scriptFor } from "./script.ts";

interface DriftFlags extends RunFlags {
  readonly accept?: true;
  readonly repair?: true;
  readonly detailedExitcode?: true;
  readonly fail?: true;
  readonly all?: true;
}

/** `await-aws drift`: compares what is recorded with what is there. */
export function addDrift(program: Command): void {
  addRunFlags(program.command("drift").argument("[script]").argument("[args...]"))
    .description(
      "Compare what is recorded with what is there: same, drifted, missing, or not comparable and why.",
    )
    .option("--accept", "record what is there, so that the next plan shows how the script differs")
    .option("--repair", "run the script and bring back what it declares")
    .option("--detailed-exitcode", "exit with 2 when something has drifted")
    .option("--fail", "the same")
    .option("--all", "also show what is the same")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws drift deploy.ts --fail\n  await-aws drift deploy.ts --repair",
    )
    .action(failing(drift));
  addRunFlags(program.command("refresh").argument("[script]"))
    .description("The same as drift --accept.")
    .action(
      failing((given: string | undefined, flags: DriftFlags) => drift(given, [], { ...flags, accept: true })),
    );
}

async function drift(given: string | undefined, args: readonly string[], flags: DriftFlags): Promise<void> {
  withEnvironment(flags);
  if (flags.accept === true && flags.repair === true)
    throw new TypeError("--accept and --repair exclude each other");
  const script = scriptFor(given);
  const program = await programOf(script, args);
  const isRepair = flags.repair === true;
  // A script that names its app does so when it runs, which to compare it need not.
  const name = isRepair
    ? appNameOf(script)
    : (flags.app ?? (await recordedApp(script, flags)) ?? appNameOf(script));
  const base = { name, flags, program };
  const repair: Task = {
    ...base,
    options: { phase: "deploy", refresh: true },
    text: summaryText,
    isResult: false,
  };
  const compare: Task = {
    ...base,
    options: { phase: "drift", accept: flags.accept },
    text: (report, style) => driftText(report, style, { all: flags.all === true }),
    isResult: true,
    gates: flags.detailedExitcode === true || flags.fail === true,
  };
  await run(isRepair ? repair : compare);
}
