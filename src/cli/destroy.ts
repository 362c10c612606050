import type { Command } from "commander";
import { requireKnownIds } from "../app/phases/require-known-ids.ts";
import { settingsOf } from "../app/options/settings.ts";
import { askYesOrNo } from "../render/confirm.ts";
import { writeErr } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { planText } from "../render/plan-text.ts";
import { summaryText } from "../render/summary-text.ts";
import type { Entry } from "../entry.ts";
import { type ResourceError, isResourceError, UsageError } from "../errors.ts";
import { losesData } from "../app/phases/deletion-guard.ts";
import { addMarkdownFlag } from "./markdown.ts";
import { type RecordedApp, requireRecordedApp } from "./recorded-app.ts";
import { withEnvironment } from "./environment.ts";
import { checksIn } from "./checks.ts";
import { tellFailure } from "./failing.ts";
import { type RunFlags, addRunFlags, collect, optionsOf } from "./run-flags.ts";
import { run, toldBeside } from "./running.ts";
import { scriptIfAny } from "./script.ts";
import { withStatedStage } from "./stated.ts";

interface DestroyPlanFlags extends RunFlags {
  readonly keepProtected?: true;
  readonly detailedExitcode?: true;
  readonly fail?: true;
}

interface DestroyFlags extends DestroyPlanFlags {
  readonly yes?: true;
  readonly plan?: true;
}

/** `await-aws destroy`: deletes all that is recorded of an app's stage. It runs no script. */
export function addDestroy(program: Command): void {
  addMarkdownFlag(addRunFlags(program.command("destroy").argument("[script]")))
    .description("Delete everything that is recorded of an app's stage, users before what they use.")
    .option("--retain <id>", "forget this resource rather than delete it; may be repeated", collect)
    .option("--check <file>", "file of a check that every deletion must pass; may be repeated", collect)
    .option("--keep-protected", "leave protected resources and what they need, and delete the rest")
    .option("-y, --yes", "do not ask")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws destroy deploy.ts --stage test\n  await-aws destroy --app shop --plan",
    )
    .option("--plan", "tell what would be deleted, and delete nothing")
    .action(
      tellFailure((given: string | undefined, flags: DestroyFlags) =>
        flags.plan === true ? planDestroy(given, flags) : destroy(given, flags),
      ),
    );
}

async function destroy(given: string | undefined, told: DestroyFlags): Promise<void> {
  const { name, entries, flags } = await findRecorded(given, told);
  if (!(await isDeletionAgreed(name, entries, flags))) return;
  await run({
    name,
    flags,
    program: () => Promise.resolve(),
    options: {
      phase: "destroy",
      keepProtected: flags.keepProtected,
      check: await checksIn(flags.check),
    },
    text: summaryText,
    isResult: false,
  });
}

/** Tells what a destroy would delete. It runs no script either. */
export async function planDestroy(given: string | undefined, told: DestroyPlanFlags): Promise<void> {
  const { name, flags } = await findRecorded(given, told);
  await run({
    name,
    flags,
    program: () => Promise.resolve(),
    options: {
      phase: "plan",
      destroys: true,
      keepProtected: flags.keepProtected,
      check: await checksIn(flags.check),
    },
    text: (report, style) => planText(report, style, { told: toldBeside }),
    isResult: true,
    isDestroy: true,
    gates: flags.detailedExitcode === true || flags.fail === true,
  });
}

async function findRecorded<F extends RunFlags>(
  given: string | undefined,
  told: F,
): Promise<RecordedApp & { readonly flags: F }> {
  withEnvironment(told);
  const script = scriptIfAny(given);
  if (script !== undefined) process.argv[1] = script;
  // Another app's script may stand where one works.
  const flags = withStatedStage(told, told.app !== undefined && given === undefined ? undefined : script);
  return { ...(await requireRecordedApp(given === undefined ? undefined : script, flags)), flags };
}

async function isDeletionAgreed(
  name: string,
  entries: RecordedApp["entries"],
  flags: DestroyFlags,
): Promise<boolean> {
  const { stage } = settingsOf(name, optionsOf(flags), process.env, process.argv[1]);
  requireKnownIds({ targets: flags.target, retain: flags.retain }, entries.keys());
  const ids = [...entries.keys()].filter((id) => flags.target?.includes(id) ?? true);
  if (flags.yes === true) return true;
  const listed = ids.map((id) => lineOf(id, entries.get(id))).toSorted(byWeight);
  for (const { text } of listed) writeErr(`  - ${text}\n`);
  const answer = await askYesOrNo(`Delete these ${ids.length} of ${name} (${stage})?`, process.env);
  if (answer === undefined) throw new UsageError("destroy needs --yes where nobody can be asked");
  if (!answer) writeErr("Nothing was deleted.\n");
  return answer;
}

interface DestroyLine {
  readonly text: string;
  /** What somebody who says yes has to know comes first. */
  readonly weight: number;
  readonly id: string;
}

function lineOf(id: string, entry: Entry | ResourceError | undefined): DestroyLine {
  if (entry === undefined || isResourceError(entry)) return { id, weight: 2, text: onOneLine(id) };
  const { type, identifier = "", protect } = entry;
  const isLost = losesData(entry);
  const remark = protect === true ? "  PROTECTED" : isLost ? "  WHAT IT HOLDS IS LOST" : "";
  const weight = protect === true ? 0 : isLost ? 1 : 2;
  return { id, weight, text: onOneLine(`${id}  ${type}  ${identifier}${remark}`) };
}

const byWeight = (a: DestroyLine, b: DestroyLine): number => a.weight - b.weight || (a.id < b.id ? -1 : 1);
