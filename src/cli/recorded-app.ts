import { appNameOf, settingsOf } from "../app/settings.ts";
import { type RunFlags, optionsOf } from "./run-flags.ts";

/**
 * The app that is recorded under the stage: that of the script given, else the only one. A script may name its app
 * itself, and is not run to be asked, so another app than its own is never taken for it. Undefined when nothing is
 * recorded at all.
 */
export async function recordedApp(given: string | undefined, flags: RunFlags): Promise<string | undefined> {
  const { store, stage } = settingsOf("", optionsOf(flags), process.env, process.argv[1]);
  const apps = (await store.stages()).filter((one) => one.stage === stage).map(({ app }) => app);
  if (given === undefined && apps.length <= 1) return apps[0];
  const own = given === undefined ? undefined : appNameOf(process.argv[1]);
  if (own !== undefined && apps.includes(own)) return own;
  if (apps.length === 0) return undefined;
  const what = own === undefined ? "several apps are" : `nothing is recorded of ${own}; other apps are`;
  throw new TypeError(`${what} recorded under ${stage}: name one with --app (${apps.join(", ")})`);
}
