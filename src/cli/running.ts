import { type HostedRun, type Script, endlessScriptError } from "../app/script/hosted.ts";
import { failReport, startProgram, startRekey } from "../app/program.ts";
import type { ReconcileOptions } from "../app/reconcile.ts";
import type { Event, Failure, Listener, Report } from "../events.ts";
import { type Live, live } from "../render/live.ts";
import { ndjson } from "../render/ndjson.ts";
import { divert, flush, passOn, writeErr, writeOut } from "../render/out.ts";
import { traces } from "../render/trace-text.ts";
import { spellUnruly } from "../render/spell-unruly.ts";
import { changesIn, exitCodeFor, exitCodeOf } from "./exit.ts";
import { type Interrupts, listenForInterrupts } from "./interrupts.ts";
import { type ReportOutput, isDocument, write, writeFailure } from "./outcome.ts";
import { requireMarkdown } from "./markdown.ts";
import { ofTheRun } from "../render/failure-text.ts";
import { pageWriter } from "./page-file.ts";
import { optionsOf } from "./run-flags.ts";
import { type UncaughtWatch, earlyExitError, cutShort, listenForStrays, unsettled } from "./uncaught.ts";

/** A run as the command line makes it. */
export interface Task extends ReportOutput {
  readonly name: string;
  readonly program: () => Promise<unknown>;
  readonly options: ReconcileOptions;
  /** Records the script's values by the key of today, rather than planning with them. */
  readonly rekeys?: boolean;
  /** Whether differences make an exit code of their own. */
  readonly gates?: boolean;
}

/** Makes a run, shows it, writes what came of it and sets the exit code. Returns the report of one that came to its end. */
export async function run(task: Task): Promise<Report | undefined> {
  const { flags } = task;
  requireMarkdown(flags);
  const writePage = await pageWriter(flags.report);
  const screen = flags.quiet === true ? undefined : live(process.stderr, process.env);
  const stops = listenForInterrupts((message) => screen?.hear({ name: "notice", message }));
  const restore = keepApart(task, screen);
  let running: HostedRun | undefined;
  const ends = listenForStrays({
    isTold: (error) => running?.isTold(error) ?? false,
    stray: stops.stop,
    exit: (code, caught) => {
      if (running) leave(running, code, caught);
    },
  });
  const finish = (): void => {
    restore();
    stops.end();
    ends.end();
    screen?.end();
  };
  const { succeed, fail, leave } = closing(task, stops, { finish, writePage });
  const onEvent = listenerOf(task, screen, writeOut);
  try {
    const options = { ...optionsOf(flags), ...task.options, onEvent, signal: stops.signal };
    running = (task.rekeys === true ? startRekey : startProgram)(scriptOf(task, ends), options);
  } catch (error) {
    finish();
    throw error;
  }
  try {
    const report = await running.ended;
    const stray = ends.caught();
    if (stray) throw stray.error;
    succeed(report);
    if (stops.code() !== undefined || !report.ok) await leaveAsNode();
    return report;
  } catch (error) {
    fail(running, error);
    await leaveAsNode();
    return undefined;
  }
}

/** The ways in which a run can close. */
interface RunEndings {
  readonly succeed: (report: Report) => void;
  readonly fail: (running: HostedRun, error: unknown) => void;
  /** The process ends, whatever the run has come to. */
  readonly leave: (running: HostedRun, code: number, caught: { readonly error: unknown } | undefined) => void;
}

/** What every end of a run comes to. */
interface Closing {
  readonly finish: () => void;
  readonly writePage: (report: Report) => void;
}

function closing(task: Task, stops: Interrupts, { finish, writePage }: Closing): RunEndings {
  const succeed: RunEndings["succeed"] = (report) => {
    finish();
    writePage(report);
    if (isPlanShown(task)) tellBeside(report);
    write(task, report);
    process.exitCode = codeOf(stops, exitCodeOf(report, task.gates === true));
  };
  const fail: RunEndings["fail"] = ({ soFar }, error) => {
    finish();
    const report = failReport(soFar(), error);
    writePage(report);
    writeFailure(task, report, error);
    process.exitCode = codeOf(stops, exitCodeFor(error, report));
  };
  const leave: RunEndings["leave"] = (running, code, caught) => {
    const report = running.soFar();
    if (caught) fail(running, caught.error);
    else if (stops.code() !== undefined) fail(running, cutShort());
    // A script may leave when it has had its say; whatever it says then, a call that failed counts.
    else if (!report.ok || running.isComplete()) succeed(report);
    else fail(running, code === unsettled ? endlessScriptError() : earlyExitError(code));
  };
  return { succeed, fail, leave };
}

function scriptOf({ name, program, flags }: Task, { idle, first }: UncaughtWatch): Script {
  const isNameTold = flags.app !== undefined;
  return { name: flags.app ?? name, isNameTold, start: program, idle, stray: first, doubt };
}

/** A script that says itself that it has failed may not have declared all that it was about to. */
const doubt = (): string | undefined =>
  process.exitCode ? `the script has set the exit code ${process.exitCode}` : undefined;

/** A signal's code, else the run's, else the script's own. */
const codeOf = (stops: Interrupts, code: number): number | string | undefined =>
  stops.code() ?? (code || process.exitCode || 0);

/** Ends the process as Node would have after an error that nobody caught, once everything is written. */
async function leaveAsNode(): Promise<void> {
  await flush();
  process.exit();
}

function listenerOf(task: Task, screen: Live | undefined, out: (text: string) => void): Listener {
  const line = task.flags.events === undefined ? undefined : ndjson(out, Date.now);
  // The plan itself tells what would fail, and the end of a run what befell all of its calls.
  const isToldLater = (event: Event): boolean =>
    event.name === "failed" &&
    (isPlanShown(task) || ofTheRun.some((code) => code === event.change.error?.code));
  const hear = screen?.hear ?? traces(writeErr);
  return (event: Event) => {
    if (!isToldLater(event)) hear(event);
    line?.(event);
  };
}

/** Failures that a plan is told beside of: they are of the store, and no change of the plan would mend them. */
export const toldBeside: readonly Failure["code"][] = ["STATE_KEY"];

const isPlanShown = (task: Task): boolean =>
  task.options.phase === "plan" && !isDocument(task) && task.writes === undefined;

function tellBeside(report: Report): void {
  const change = changesIn(report).find(({ error }) => toldBeside.some((code) => code === error?.code));
  if (change?.error) writeErr(`${spellUnruly(change.error.message)}\n`);
}

/** What a script prints goes beside the table, and never into a document that somebody will parse. */
function keepApart(task: Task, screen: Live | undefined): () => void {
  if (!task.isResult && !isDocument(task) && !process.stdout.isTTY) return () => undefined;
  return divert((text) => (screen ? screen.aside(text) : passOn(process.stderr, text)));
}
