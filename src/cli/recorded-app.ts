import { readFileSync } from "node:fs";
import { appNameOf, settingsOf, statePlace } from "../app/options/settings.ts";
import type { Entry } from "../entry.ts";
import { type ResourceError, UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { StageName, StageState } from "../state/store.ts";
import { type RunFlags, optionsOf } from "./run-flags.ts";
import { nameIn } from "./stated.ts";

/** What a stage has recorded, by id. */
type Entries = ReadonlyMap<string, Entry | ResourceError>;

/** An app of which something is recorded. */
export interface RecordedApp {
  readonly name: string;
  readonly stage: string;
  readonly entries: Entries;
}

/**
 * The app that is recorded under the stage, without running any script: the one named, that of the script given, by
 * the name that it gives itself or by its path, else the only one. Another app is never taken for a script's. Where
 * nothing is recorded of it, it is a UsageError that says what was looked for, where, and what is there instead.
 */
export async function requireRecordedApp(script: string | undefined, flags: RunFlags): Promise<RecordedApp> {
  const { store, stage } = settingsOf("", optionsOf(flags), process.env, process.argv[1]);
  const stages = await store.stages();
  const name = flags.app ?? chooseApp(script, stages, stage);
  const entries =
    name === undefined ? new Map<string, never>() : await entriesOf(await store.open(name, stage));
  if (name === undefined || entries.size === 0)
    throw new UsageError(nothingText(name, stage, { stages, store: flags.store }));
  return { name, stage, entries };
}

/** What lies in the file of another is refused later on, and is not nothing. */
async function entriesOf(state: StageState): Promise<Entries> {
  return new Map([...((await state.misplaced?.()) ?? []), ...(await state.entries())]);
}

function chooseApp(
  script: string | undefined,
  stages: readonly StageName[],
  stage: string,
): string | undefined {
  const apps = stages.filter((one) => one.stage === stage).map(({ app }) => app);
  if (script === undefined && apps.length <= 1) return apps[0];
  const own = script === undefined ? undefined : (nameIn(readFileSync(script, "utf8")) ?? appNameOf(script));
  if (own !== undefined && (apps.includes(own) || apps.length === 0)) return own;
  const what = own === undefined ? "several apps are" : `nothing is recorded of ${own}; other apps are`;
  throw new UsageError(`${what} recorded under ${stage}: name one with --app (${apps.join(", ")})`);
}

/** What was looked for, in which store, and what that has: a slip looks like a clean slate otherwise. */
export function nothingText(
  app: string | undefined,
  stage: string,
  { stages, store }: { readonly stages: readonly StageName[]; readonly store: string | undefined },
): string {
  const folder = statePlace(store, process.env, process.argv[1]);
  const what = `nothing is recorded of ${app === undefined ? "any app" : app} (${stage}) in ${folder}: nothing to do`;
  if (stages.length === 0) {
    const where =
      "run it where the script was deployed from, or name its state with --store or AWAIT_AWS_STATE";
    return `${what}. Nothing at all is recorded there; ${where}.`;
  }
  const names = stages.map((one) => `${one.app} (${one.stage})`).toSorted();
  const shown = [...names.slice(0, mostNames), ...(names.length > mostNames ? ["…"] : [])];
  const isSameApp = stages.filter((one) => one.app === app).map((one) => one.stage);
  const near =
    isSameApp.length > 0
      ? ` Did you mean --stage ${nearest(stage, isSameApp) ?? isSameApp[0]}?`
      : hintOf(app, stages);
  return `${what}. Recorded there: ${shown.join(", ")}.${near}`;
}

const mostNames = 10;

function hintOf(app: string | undefined, stages: readonly StageName[]): string {
  const near = app === undefined ? undefined : nearest(app, [...new Set(stages.map((one) => one.app))]);
  return near === undefined ? "" : ` Did you mean --app ${near}?`;
}
