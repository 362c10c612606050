import type { Command } from "commander";
import { requireKnownIds } from "../app/phases/require-known-ids.ts";
import { settingsOf } from "../app/options/settings.ts";
import { askYesOrNo } from "../render/confirm.ts";
import { writeErr } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { summaryText } from "../render/summary-text.ts";
import type { Entry } from "../entry.ts";
import { type ResourceError, isResourceError, UsageError } from "../errors.ts";
import { losesData } from "../app/phases/deletion-guard.ts";
import { recordedApp } from "./recorded-app.ts";
import { withEnvironment } from "./environment.ts";
import { tellFailure } from "./failing.ts";
import { type RunFlags, addRunFlags, collect, optionsOf } from "./run-flags.ts";
import { run } from "./running.ts";
import { scriptIfAny } from "./script.ts";
import { withStatedStage } from "./stated.ts";

interface DestroyFlags extends RunFlags {
  readonly yes?: true;
  readonly keepProtected?: true;
}

/** `await-aws destroy`: deletes all that is recorded of an app's stage. It runs no script. */
export function addDestroy(program: Command): void {
  addRunFlags(program.command("destroy").argument("[script]"))
    .description("Delete everything that is recorded of an app's stage, users before what they use.")
    .option("--retain <id>", "forget this resource rather than delete it; may be repeated", collect)
    .option("--keep-protected", "leave protected resources and what they need, and delete the rest")
    .option("-y, --yes", "do not ask")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws destroy deploy.ts --stage test\n  await-aws destroy --app shop --yes",
    )
    .action(
      tellFailure(async (given: string | undefined, told: DestroyFlags) => {
        withEnvironment(told);
        const script = scriptIfAny(given);
        if (script !== undefined) process.argv[1] = script;
        // Another app's script may stand where one works.
        const flags = withStatedStage(
          told,
          told.app !== undefined && given === undefined ? undefined : script,
        );
        const name = flags.app ?? (await recordedApp(given === undefined ? undefined : script, flags));
        if (name === undefined) return writeErr("Nothing is recorded there: nothing to do.\n");
        if (!(await isAgreed(name, flags))) return;
        await run({
          name,
          flags,
          program: () => Promise.resolve(),
          options: { phase: "destroy", keepProtected: flags.keepProtected },
          text: summaryText,
          isResult: false,
        });
      }),
    );
}

async function isAgreed(name: string, flags: DestroyFlags): Promise<boolean> {
  const { store, stage, app } = settingsOf(name, optionsOf(flags), process.env, process.argv[1]);
  const entries = await (await store.open(app, stage)).entries();
  if (entries.size === 0) {
    writeErr(`Nothing is recorded of ${app} (${stage}): nothing to do.\n`);
    return false;
  }
  requireKnownIds({ targets: flags.target, retain: flags.retain }, entries.keys());
  const ids = [...entries.keys()].filter((id) => flags.target?.includes(id) ?? true);
  if (flags.yes === true) return true;
  const listed = ids.map((id) => lineOf(id, entries.get(id))).toSorted(byWeight);
  for (const { text } of listed) writeErr(`  - ${text}\n`);
  const answer = await askYesOrNo(`Delete these ${ids.length} of ${app} (${stage})?`, process.env);
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
