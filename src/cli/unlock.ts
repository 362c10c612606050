import type { Command } from "commander";
import { settingsOf } from "../app/options/settings.ts";
import { writeOut } from "../render/out.ts";
import { tellFailure } from "./failing.ts";

/** `await-aws unlock`: breaks the lock of a run that has surely ended, and tells whose it was. */
export function addUnlock(program: Command): void {
  program
    .command("unlock")
    .argument("<app>", "name of the app, as in the message LOCKED")
    .description("Break the lock of a stage whose run has surely ended.")
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option("--force", "nothing is asked anyway; for those who are used to it")
    .action(
      tellFailure(async (app: string, { stage }: { stage?: string }) => {
        const settings = settingsOf(app, { stage }, process.env);
        const holder = await settings.store.unlock(settings.app, settings.stage);
        writeOut(
          holder
            ? `Unlocked ${settings.app} (${settings.stage}): held by process ${holder.pid} on ${holder.host} since ${holder.since}.\n`
            : `${settings.app} (${settings.stage}) is not locked.\n`,
        );
      }),
    );
}
