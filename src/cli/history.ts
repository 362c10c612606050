import type { Command } from "commander";
import type { RunRecord } from "../events.ts";
import { historyText, runText } from "../render/history-text.ts";
import { writeOut } from "../render/out.ts";
import { onOneLine } from "../render/spell-unruly.ts";
import { styleFor } from "../render/style.ts";
import { jsonText } from "../unruly.ts";
import { storeFlag } from "./run-flags.ts";
import { tellFailure } from "./failing.ts";
import { findRun, runsOf } from "./recorded-runs.ts";

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
