import { UsageError } from "../errors.ts";
import type { Command } from "commander";
import { planFileOf } from "../app/options/plan-file.ts";
import { appNameOf } from "../app/options/settings.ts";
import { planText } from "../render/plan-text.ts";
import { jsonText } from "../unruly.ts";
import { addMarkdownFlag } from "./markdown.ts";
import { planDestroy } from "./destroy.ts";
import { checksIn } from "./checks.ts";
import { tellFailure } from "./failing.ts";
import { withEnvironment } from "./environment.ts";
import { requireFolderOf, writeResult } from "./out-file.ts";
import { type RunFlags, addDeployFlags } from "./run-flags.ts";
import { run, toldBeside } from "./running.ts";
import { programOf, scriptFor } from "./script.ts";

interface PlanFlags extends RunFlags {
  readonly out?: string;
  readonly detailedExitcode?: true;
  readonly fail?: true;
  readonly unmanaged?: true;
  readonly all?: true;
  readonly destroy?: true;
  readonly keepProtected?: true;
}

/** `await-aws plan`: tells what a deploy would do, and writes nothing at AWS. */
export function addPlan(program: Command): void {
  const command = program.command("plan").aliases(["diff", "preview"]).argument("[script]");
  addMarkdownFlag(addDeployFlags(command.argument("[args...]")))
    .description("Tell what a deploy would do: the exact patches, replacements, adoptions and deletions.")
    .option("--out <file>", "keep the plan, for deploy --plan")
    .option("--detailed-exitcode", "exit with 2 when there are changes")
    .option("--fail", "the same")
    .option("--unmanaged", "also tell what exists beside what the script states")
    .option("--all", "also show what is unchanged")
    .option("--destroy", "tell what a destroy would delete; runs no script")
    .option("--keep-protected", "with --destroy: leave protected resources and what they need")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws plan deploy.ts\n  await-aws plan deploy.ts --stage prod --out plan.json",
    )
    .action(
      tellFailure(async (given: string | undefined, args: readonly string[], flags: PlanFlags) => {
        if (flags.destroy === true) return planDestroy(given, withoutOut(flags));
        withEnvironment(flags);
        if (flags.out !== undefined) requireFolderOf(flags.out);
        const script = scriptFor(given);
        const report = await run({
          name: appNameOf(script),
          flags,
          program: await programOf(script, args),
          options: { phase: "plan", unmanaged: flags.unmanaged, check: await checksIn(flags.check) },
          text: (told, style) => planText(told, style, { all: flags.all === true, told: toldBeside }),
          isResult: true,
          gates: flags.detailedExitcode === true || flags.fail === true,
        });
        if (report && flags.out !== undefined) {
          writeResult(flags.out, `${jsonText(planFileOf(report, Date.now()), 2)}\n`);
        }
      }),
    );
}

/** A destroy is held to no file: it deletes what is recorded when it runs. */
function withoutOut(flags: PlanFlags): PlanFlags {
  if (flags.out === undefined) return flags;
  throw new UsageError("--out keeps the plan of a deploy; --destroy has none to keep");
}
