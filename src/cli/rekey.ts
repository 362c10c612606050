import type { Command } from "commander";
import { appNameOf } from "../app/options/settings.ts";
import type { Report } from "../events.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { withEnvironment } from "./environment.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { tellFailure } from "./failing.ts";
import { type RunFlags, addRunFlags } from "./run-flags.ts";
import { run } from "./running.ts";
import { programOf, scriptFor } from "./script.ts";

interface RekeyFlags extends RunFlags {
  readonly yes?: true;
}

/** `await-aws state rekey`: what a lost key has digested is digested anew, with the values that the script has now. */
export function addRekey(state: Command): void {
  addRunFlags(
    state.command("rekey").argument("[script]").argument("[args...]"),
    "what the script says, else its path",
  )
    .description(
      "Record the script's secrets by the key of today, where the one before is lost. Nothing is sent.",
    )
    .addHelpText(
      "after",
      "\nThe values that the script has now count as those that were deployed: restore them first where they have changed.",
    )
    .option(...yesFlag)
    .action(
      tellFailure(async (given: string | undefined, args: readonly string[], flags: RekeyFlags) => {
        withEnvironment(flags);
        const script = scriptFor(given);
        const question = `Record the secrets of ${onOneLine(appNameOf(script))} as its script has them now?`;
        if (!(await isAgreed(question, flags))) return;
        await run({
          name: appNameOf(script),
          flags,
          program: await programOf(script, args),
          options: { phase: "plan" },
          rekeys: true,
          text: rekeyText,
          isResult: true,
        });
      }),
    );
}

function rekeyText({ changes }: Report): string {
  const lines = changes.map(({ id, paths = [], error }) =>
    onOneLine(error ? error.message : `${id}: ${paths.length === 0 ? "its intent" : paths.join(", ")}`),
  );
  const done = changes.filter(({ error }) => !error).length;
  const end = done === 0 ? "Nothing had to be recorded anew." : `Recorded anew by the key of today: ${done}.`;
  return [...lines, end].join("\n");
}
