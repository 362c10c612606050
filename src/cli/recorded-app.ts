import { UsageError } from "../errors.ts";
import { readFileSync } from "node:fs";
import { appNameOf, settingsOf } from "../app/options/settings.ts";
import { type RunFlags, optionsOf } from "./run-flags.ts";
import { nameIn } from "./stated.ts";

/**
 * The app that is recorded under the stage, without running any script: that of the script given, by the name that it
 * gives itself or by its path; else the only one. Another app is never taken for a script's. Undefined when nothing
 * is recorded at all.
 */
export async function recordedApp(script: string | undefined, flags: RunFlags): Promise<string | undefined> {
  const { store, stage } = settingsOf("", optionsOf(flags), process.env, process.argv[1]);
  const apps = (await store.stages()).filter((one) => one.stage === stage).map(({ app }) => app);
  if (script === undefined && apps.length <= 1) return apps[0];
  const own = script === undefined ? undefined : (nameIn(readFileSync(script, "utf8")) ?? appNameOf(script));
  if (apps.length === 0) return undefined;
  if (own !== undefined && apps.includes(own)) return own;
  const what = own === undefined ? "several apps are" : `nothing is recorded of ${own}; other apps are`;
  throw new UsageError(`${what} recorded under ${stage}: name one with --app (${apps.join(", ")})`);
}
