import { UsageError } from "../errors.ts";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { type PlanFile, planFileIn } from "../app/options/plan-file.ts";
import { appNameOf } from "../app/options/settings.ts";
import type { Change, Report } from "../events.ts";
import { askYesOrNo } from "../render/confirm.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { summaryText } from "../render/summary-text.ts";
import { withEnvironment } from "./environment.ts";
import { addMarkdownFlag } from "./markdown.ts";
import { checksIn } from "./checks.ts";
import { exit } from "./exit.ts";
import { write } from "./outcome.ts";
import { pageWriter } from "./page-file.ts";
import { rehearse } from "./rehearse.ts";
import { tellFailure } from "./failing.ts";
import { type RunFlags, addDeployFlags } from "./run-flags.ts";
import { run } from "./running.ts";
import { programOf, scriptFor } from "./script.ts";

interface DeployFlags extends RunFlags {
  readonly plan?: string;
}

/** `await-aws deploy`: makes what a script declares, and deletes what it no longer does. */
export function addDeploy(program: Command): void {
  // While a command runs, the script stands in its place.
  const [, cli = ""] = process.argv;
  const command = program.command("deploy").aliases(["up", "apply"]).argument("[script]");
  addMarkdownFlag(addDeployFlags(command.argument("[args...]")))
    .description("Make what a script declares, and delete what it no longer does.")
    .option("--plan <file>", "do what this plan says, or refuse")
    .option("-y, --yes", "nothing is asked anyway; for those who are used to it")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws deploy deploy.ts\n  await-aws deploy deploy.ts --plan plan.json",
    )
    .action(
      tellFailure(async (given: string | undefined, args: readonly string[], flags: DeployFlags) => {
        withEnvironment(flags);
        const script = scriptFor(given);
        const check = await checksIn(flags.check);
        const words = [cli, ...process.argv.slice(2)];
        const plan = flags.plan === undefined ? undefined : planAt(flags.plan);
        const refused = check && (await rehearse(words));
        if (refused) return await tellRefused(flags, refused);
        await run({
          name: appNameOf(script),
          flags: plan ? { ...flags, stage: flags.stage ?? plan.stage } : flags,
          program: await programOf(script, args),
          options: { phase: "deploy", plan, check, allowDelete: flags.allowDelete ?? askBeforeLosing },
          text: summaryText,
          isResult: false,
        });
      }),
    );
}

/** What its checks refuse ends a deploy before it begins. */
async function tellRefused(flags: DeployFlags, report: Report): Promise<void> {
  (await pageWriter(flags.report))(report);
  write({ flags, text: summaryText, isResult: false }, report);
  process.exitCode = exit.failed;
}

/** Asks on a terminal; where nobody can be asked nothing is lost. */
async function askBeforeLosing(losses: readonly Change[]): Promise<boolean> {
  const names = losses.map(({ id, type, identifier = "" }) => onOneLine(`${id}  ${type}  ${identifier}`));
  const question = `No longer declared, and what they hold is lost with them:\n${names.join("\n")}\nDelete these ${names.length}?`;
  return (await askYesOrNo(question, process.env)) === true;
}

function planAt(file: string): PlanFile {
  try {
    return planFileIn(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
