import type { Command } from "commander";
import { settingsOf } from "../app/options/settings.ts";
import { UsageError, isResourceError } from "../errors.ts";
import type { RunRecord } from "../events.ts";
import { historyText, runText } from "../render/history-text.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { styleFor } from "../render/style.ts";
import { readRuns } from "../state/history/history.ts";
import type { StageName, StateStore } from "../state/store.ts";
import { jsonText } from "../unruly.ts";
import { storeFlag } from "./run-flags.ts";
import { tellFailure } from "./failing.ts";

interface HistoryFlags {
  readonly app?: string;
  readonly stage?: string;
  readonly store?: string;
  readonly id?: string;
  readonly json?: true;
}

/** `await-aws history`: which runs have written, who made them, what they changed and how they ended. */
export function addHistory(program: Command): void {
  const history = withFlags(program.command("history"))
    .description("List the runs that wrote: who, when, what was changed, how it ended.")
    .option("--id <id>", "only runs that changed this resource")
    .addHelpText(
      "after",
      "\nExamples:\n  await-aws history --app shop --stage prod\n  await-aws history --id orders\n  await-aws history show 20261128T063012.345-1a2b",
    )
    .action(tellFailure(listRuns));
  withFlags(history.command("show").argument("<run>", "its name, or a part that no other has; latest"))
    .description("Show one run, with the patch of each change. Secrets are masked.")
    .action(
      tellFailure((run: string, _: HistoryFlags, command: Command) =>
        showRun(run, command.optsWithGlobals()),
      ),
    );
}

const withFlags = (command: Command): Command =>
  command
    .option("--app <name>", "app")
    .option("-s, --stage <name>", "stage")
    .option(...storeFlag)
    .option("--json", "write JSON");

async function listRuns({ json, id, ...flags }: HistoryFlags): Promise<void> {
  const all = await runsOf(flags);
  const isMeant = ({ changes }: RunRecord): boolean =>
    id === undefined || changes.some((one) => one.id === id);
  const runs = all.filter(isMeant);
  if (json === true) return writeOut(`${jsonText(runs, 2)}\n`);
  if (runs.length === 0) return writeOut(`${emptyText(flags, id)}\n`);
  writeOut(`${historyText(runs, process.stdout.columns || 80)}\n`);
}

function emptyText({ app, stage }: HistoryFlags, id: string | undefined): string {
  const of = [app, stage, id].filter((part) => part !== undefined).join(", ");
  return `No run is recorded${of === "" ? "" : ` of ${onOneLine(of)}`}.`;
}

async function showRun(asked: string, { json, ...flags }: HistoryFlags): Promise<void> {
  const run = findRun(await runsOf(flags), asked);
  const style = styleFor(process.stdout, process.env);
  writeOut(json === true ? `${jsonText(run, 2)}\n` : `${runText(run, style)}\n`);
}

function findRun(runs: readonly RunRecord[], asked: string): RunRecord {
  const last = runs.at(-1);
  if (asked === "latest" && last) return last;
  const exact = runs.filter(({ run }) => run === asked);
  const found = exact.length > 0 ? exact : runs.filter(({ run }) => run.includes(asked));
  const [only, ...others] = found;
  if (!only)
    throw new UsageError(
      `no run ${JSON.stringify(asked)} is recorded; await-aws history lists those that are`,
    );
  if (others.length === 0) return only;
  const names = found.map(({ run, app, stage }) => `${run} of ${app} (${stage})`).join(", ");
  throw new UsageError(`${JSON.stringify(asked)} may be any of ${names}`);
}

/** All that can be read, the latest last; what cannot is told beside it. */
async function runsOf(flags: HistoryFlags): Promise<readonly RunRecord[]> {
  const { store } = settingsOf("", { store: flags.store }, process.env);
  const found = (await stagesOf(store, flags)).map(async ({ app, stage }) => {
    const { runs } = await store.open(app, stage);
    return runs ? readRuns(runs) : [];
  });
  const all = (await Promise.all(found)).flat();
  for (const error of all.filter(isResourceError)) writeErr(`${onOneLine(error.message)}\n`);
  return all
    .filter((one): one is RunRecord => !isResourceError(one))
    .toSorted((one, other) => (one.run < other.run ? -1 : 1));
}

async function stagesOf(store: StateStore, { app, stage }: HistoryFlags): Promise<readonly StageName[]> {
  const all = (await store.stagesWithRuns?.()) ?? (await store.stages());
  return all.filter((one) => (app ?? one.app) === one.app && (stage ?? one.stage) === one.stage);
}
