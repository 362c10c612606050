import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../errors.ts";
import type { Change, Report, RunRecord } from "../events.ts";
import { isProps } from "../json.ts";
import { writeErr, writeOut } from "../render/out.ts";
import { criticalPathOf } from "../report/critical-path.ts";
import { graphOfEntries } from "../report/graph/graph.ts";
import { looks } from "../report/graph/looks.ts";
import { graphPage, reportPage } from "../report/page/page.ts";
import { withEnvironment } from "./environment.ts";
import { tellFailure } from "./failing.ts";
import { openFile } from "./open-file.ts";
import { requireFolderOf, writeResult } from "./out-file.ts";
import { pageTools } from "./page-file.ts";
import { requireRecordedApp } from "./recorded-app.ts";
import { findRun, runsOf } from "./recorded-runs.ts";
import { storeFlag } from "./run-flags.ts";

interface ReportFlags {
  readonly plan?: string;
  readonly run?: string;
  readonly app?: string;
  readonly stage?: string;
  readonly store?: string;
  readonly out: string;
  readonly open?: true;
  readonly envFile?: string;
}

const help = `
Examples:
  await-aws deploy deploy.ts --report report.html       the page of a run as it ends, however it ends
  await-aws report --plan plan.json --open              a plan that plan --out has kept
  await-aws report deploy.json --out deploy.html        a run of which --json has written the report
  await-aws report --run latest --app shop              the last run that wrote, as await-aws history names it
  await-aws report --app shop                           what is recorded of an app

One file with all that it needs: it asks nothing of the network, and can be mailed and kept.`;

/** `await-aws report`: a run, a plan or what is recorded as one page. */
export function addReport(program: Command): void {
  program
    .command("report")
    .argument("[file]", "the report of a run, as --json writes it")
    .description("Make one page of a run, of a plan or of what is recorded, to look at in a browser.")
    .option("--plan <file>", "a plan that plan --out has kept")
    .option("--run <name>", "a run that wrote, by its name in await-aws history or a part of it; latest")
    .option("--app <name>", "what is recorded of this app; default: the only one")
    .option("-s, --stage <name>", "stage of the app; default: AWAIT_AWS_STAGE, else dev")
    .option(...storeFlag)
    .option("--out <file>", "where it is written; - for stdout", "report.html")
    .option("--open", "open it")
    .option("--env-file <file>", "file of environment variables to read first")
    .addHelpText("after", help)
    .action(
      tellFailure(async (given: string | undefined, flags: ReportFlags) => {
        withEnvironment(flags);
        const { plan, run, app, out } = flags;
        // A run is one of an app: both may be named.
        if ([given, plan, run ?? app].filter((source) => source !== undefined).length > 1)
          throw new UsageError("a page is of a report, of --plan, of --run or of --app: name one of them");
        if (out === "-" && flags.open === true)
          throw new UsageError("--open opens a file: name one by --out");
        if (out !== "-") requireFolderOf(out);
        const text = await textOf(given ?? plan, flags);
        if (out === "-") return writeOut(text);
        writeResult(out, text);
        writeErr(`${out} is written.\n`);
        if (flags.open === true) await openFile(out);
      }),
    );
}

async function textOf(file: string | undefined, flags: ReportFlags): Promise<string> {
  const tools = await pageTools();
  if (file !== undefined) return reportPage(reportIn(file), tools);
  if (flags.run !== undefined) {
    const all = await runsOf(flags);
    const run = findRun(all, flags.run);
    const runs = all.filter(({ app, stage }) => app === run.app && stage === run.stage);
    return reportPage(reportOf(run), { ...tools, runs });
  }
  const { name, stage, entries } = await requireRecordedApp(undefined, flags);
  const runs = await runsOf({ ...flags, app: name, stage });
  return graphPage(graphOfEntries({ app: name, stage, entries }), { ...tools, runs });
}

/** The report of a run as its record tells it. */
function reportOf({ app, stage, phase, startedAt, endedAt, end, error, changes, calls }: RunRecord): Report {
  const durationMs = endedAt === undefined ? 0 : Date.parse(endedAt) - Date.parse(startedAt);
  const told = { version: 2, app, stage, phase, startedAt, changes, calls, durationMs } as const;
  const criticalPath = criticalPathOf(changes);
  return { ...told, ok: end === "done", ...(error && { error }), criticalPath };
}

/** The report in a file, be it of a run or of a plan that was kept. */
function reportIn(file: string): Report {
  const value = valueIn(file);
  const { app, stage, changes, plannedAt } = isProps(value) ? value : {};
  if (typeof app !== "string" || typeof stage !== "string" || !isChanges(changes))
    throw new UsageError(
      `${file} holds neither a report nor a plan: --json writes the one, plan --out the other`,
    );
  const planned = {
    version: 2,
    startedAt: typeof plannedAt === "string" ? plannedAt : "",
    phase: "plan",
    ok: true,
    calls: {},
    durationMs: 0,
  } as const;
  return { ...planned, ...(value as object), app, stage, changes };
}

/** What each has at least: without it a page would show nonsense. */
const isChanges = (value: unknown): value is readonly Change[] =>
  Array.isArray(value) &&
  value.every(
    (one) =>
      isProps(one) &&
      typeof one["id"] === "string" &&
      typeof one["type"] === "string" &&
      typeof one["move"] === "string" &&
      Object.hasOwn(looks, one["move"]),
  );

function valueIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} cannot be read: ${why}`, { cause: error });
  }
}
