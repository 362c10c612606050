import type { Command } from "commander";
import { type Settings, settingsOf } from "../app/options/settings.ts";
import { writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { holderText, lifeText } from "../state/lock/holder-text.ts";
import { isAgreed, yesFlag } from "./agreed.ts";
import { tellFailure } from "./failing.ts";
import { storeFlag } from "./run-flags.ts";

interface UnlockFlags {
  readonly stage?: string;
  readonly store?: string;
  readonly yes?: true;
  readonly force?: true;
}

/** `await-aws unlock`: breaks the lock of a run that has surely ended, and tells whose it was. */
export function addUnlock(program: Command): void {
  program
    .command("unlock")
    .argument("<app>", "name of the app, as in the message LOCKED")
    .description("Break the lock of a stage whose run has surely ended.")
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option(...storeFlag)
    .option(...yesFlag)
    .option("--force", "the same as --yes")
    .action(
      tellFailure(async (app: string, { stage, store, yes, force }: UnlockFlags) => {
        const settings = settingsOf(app, { stage, store }, process.env);
        const named = `${onOneLine(settings.app)} (${onOneLine(settings.stage)})`;
        const isSure = yes ?? force;
        const seen = isSure ? "" : await seenText(settings);
        const question = `Break the lock of ${named}?${seen} Its run must surely have ended.`;
        if (!(await isAgreed(question, { ...(isSure && { yes: true }) }))) return;
        const holder = await settings.store.unlock(settings.app, settings.stage);
        writeOut(
          holder
            ? `Unlocked ${settings.app} (${settings.stage}): held by ${onOneLine(holderText(holder))}.\n`
            : `${settings.app} (${settings.stage}) is not locked.\n`,
        );
      }),
    );
}

/** Who holds the stage and whether that run shows life, for whoever is about to break its lock. */
async function seenText({ store, app, stage }: Settings): Promise<string> {
  const holder = await (await store.open(app, stage)).holder?.();
  return holder ? ` It is held by ${onOneLine(holderText(holder))}; ${lifeText(holder)}.` : "";
}
