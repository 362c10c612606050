import { failed, startProgram } from "../app/program.ts";
import type { ReconcileOptions } from "../app/reconcile.ts";
import type { Event, Listener, Report } from "../events.ts";
import { type Live, live } from "../render/live.ts";
import { ndjson } from "../render/ndjson.ts";
import { diverted } from "./diverted.ts";
import { exitCodeFor, exitCodeOf } from "./exit.ts";
import { interrupts } from "./interrupts.ts";
import { type Writing, isDocument, write, writeFailure } from "./outcome.ts";
import { type RunFlags, optionsOf } from "./run-flags.ts";
import { strays } from "./strays.ts";

/** A run as the command line makes it. */
export interface Task extends Writing {
  readonly name: string;
  readonly program: () => Promise<unknown>;
  readonly options: ReconcileOptions;
  /** Whether differences make an exit code of their own. */
  readonly gates?: boolean;
}

/** Makes a run, shows it, writes what came of it and sets the exit code. Returns the report of one that came to its end. */
export async function run(task: Task): Promise<Report | undefined> {
  const { flags } = task;
  const screen = flags.quiet === true ? undefined : live(process.stderr, process.env);
  const stops = interrupts((message) => screen?.hear({ name: "notice", message }));
  const out = process.stdout.write.bind(process.stdout);
  const restore = keptApart(task, screen);
  const ends = strays({ stray: stops.stop, exit: (error) => fail(error) });
  const finish = (): void => {
    restore();
    stops.end();
    ends.end();
    screen?.end();
  };
  const onEvent = heard(flags, screen, (text) => void out(text));
  const options = { ...optionsOf(flags), ...task.options, onEvent, signal: stops.signal };
  const program = (): Promise<unknown> => Promise.race([task.program(), ends.first]);
  const { soFar, ended } = started();
  try {
    const report = await ended;
    const stray = ends.caught();
    if (stray && !isTold(report, stray.error)) throw stray.error;
    finish();
    write(task, report);
    process.exitCode = stops.code() ?? exitCodeOf(report, task.gates === true);
    if (stray) await leave();
    return report;
  } catch (error) {
    fail(error);
    if (ends.caught()) await leave();
    return undefined;
  }

  function started(): ReturnType<typeof startProgram> {
    try {
      return startProgram(flags.app ?? task.name, program, options);
    } catch (error) {
      finish();
      throw error;
    }
  }

  function fail(error: unknown): void {
    finish();
    const report = failed(soFar(), error);
    writeFailure(task, report, error);
    process.exitCode = stops.code() ?? exitCodeFor(error, report);
  }
}

/** Whether an error stands in the report as a resource's own. */
const isTold = ({ changes }: Report, error: unknown): boolean =>
  error instanceof Error && changes.some((change) => change.error?.message === error.message);

/** Ends the process as Node would have after an error that nobody caught, once everything is written. */
async function leave(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((written) => void stream.write("", () => written()));
  process.exit();
}

function heard(flags: RunFlags, screen: Live | undefined, out: (text: string) => void): Listener {
  const line = flags.events === undefined ? undefined : ndjson(out, Date.now);
  return (event: Event) => {
    screen?.hear(event);
    line?.(event);
  };
}

/** What a script prints goes beside the table, and never into a document that somebody will parse. */
function keptApart(task: Task, screen: Live | undefined): () => void {
  if (!task.isResult && !isDocument(task) && !process.stdout.isTTY) return () => undefined;
  return diverted((text) => (screen ? screen.aside(text) : void process.stderr.write(text)));
}
