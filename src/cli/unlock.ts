import { type CommandDef, defineCommand } from "citty";
import { settingsOf } from "../app/settings.ts";

const args = {
  app: { type: "positional", required: true, description: "name of the app, as in the message LOCKED" },
  stage: { type: "string", description: "stage of the app; default: AWAIT_AWS_STAGE, else dev" },
} as const;

/** `await-aws unlock <app>`: breaks the lock of a run that has surely ended, and tells whose it was. */
export const unlock: CommandDef<typeof args> = defineCommand({
  meta: { name: "unlock", description: "Breaks the lock of a stage whose run has surely ended." },
  args,
  async run({ args: { app, stage } }) {
    const settings = settingsOf(app, { stage }, process.env);
    const holder = await settings.store.unlock(settings.app, settings.stage);
    process.stdout.write(
      holder
        ? `Unlocked ${settings.app} (${settings.stage}): held by process ${holder.pid} on ${holder.host} since ${holder.since}.\n`
        : `${settings.app} (${settings.stage}) is not locked.\n`,
    );
  },
});
