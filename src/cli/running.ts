import type { ReconcileOptions } from "../app/reconcile.ts";
import { runProgram } from "../app/program.ts";
import { isResourceError } from "../errors.ts";
import type { Change, Event, Listener, Report } from "../events.ts";
import { type Live, live } from "../render/live.ts";
import { ndjson } from "../render/ndjson.ts";
import { type Style, styleFor } from "../render/style.ts";
import { exitCodeFor, exitCodeOf } from "./exit.ts";
import { interrupts } from "./interrupts.ts";
import { type RunFlags, optionsOf } from "./run-flags.ts";

/** A run as the command line makes it. */
export interface Task {
  readonly name: string;
  readonly flags: RunFlags;
  readonly program: () => Promise<unknown>;
  readonly options: ReconcileOptions;
  /** What is written of the report; `style` is for the stream that it goes to. */
  readonly text: (report: Report, style: Style) => string;
  /** Whether the text is the result itself, for stdout, rather than how it went, for stderr. */
  readonly isResult: boolean;
  /** Whether differences make an exit code of their own. */
  readonly gates?: boolean;
}

/** Makes a run, shows it, writes what came of it and sets the exit code. Returns the report, if there is one. */
export async function run(task: Task): Promise<Report | undefined> {
  const { flags } = task;
  const screen = flags.quiet === true ? undefined : live(process.stderr, process.env);
  const stops = interrupts((message) => screen?.hear({ name: "notice", message }));
  const told: Change[] = [];
  const out = process.stdout.write.bind(process.stdout);
  const restore = keptApart(task, screen);
  const onEvent = heard(flags, screen, { told, out: (text) => void out(text) });
  try {
    const options = { ...optionsOf(flags), ...task.options, onEvent, signal: stops.signal };
    const report = await runProgram(flags.app ?? task.name, task.program, options);
    finish();
    write(task, report);
    process.exitCode = stops.code() ?? exitCodeOf(report, task.gates === true);
    return report;
  } catch (error) {
    finish();
    writeFailure(task, error, told);
    process.exitCode = stops.code() ?? exitCodeFor(error, told);
    return undefined;
  }

  function finish(): void {
    restore();
    stops.end();
    screen?.end();
  }
}

interface Sink {
  readonly told: Change[];
  readonly out: (text: string) => void;
}

function heard(flags: RunFlags, screen: Live | undefined, { told, out }: Sink): Listener {
  const line = flags.events === undefined ? undefined : ndjson(out, Date.now);
  return (event: Event) => {
    if (event.name === "done" || event.name === "failed") told.push(event.change);
    screen?.hear(event);
    line?.(event);
  };
}

/** What a script prints goes beside the table, and never into a document that somebody will parse. */
function keptApart({ flags, isResult }: Task, screen: Live | undefined): () => void {
  const isDocument = isResult || flags.json === true || flags.events !== undefined;
  if (!isDocument && !process.stdout.isTTY) return () => undefined;
  const write = process.stdout.write.bind(process.stdout);
  const aside = (text: string): void => (screen ? screen.aside(text) : void process.stderr.write(text));
  const diverted = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    aside(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    const done = rest.find((one) => typeof one === "function");
    if (done) Reflect.apply(done, undefined, []);
    return true;
  };
  process.stdout.write = diverted;
  return () => {
    process.stdout.write = write;
  };
}

function write({ flags, text, isResult }: Task, report: Report): void {
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else if (flags.events !== undefined) {
    const time = new Date().toISOString();
    process.stdout.write(`${JSON.stringify({ version: 1, time, name: "report", report })}\n`);
  } else {
    const stream = isResult ? process.stdout : process.stderr;
    stream.write(`${text(report, styleFor(stream, process.env))}\n`);
  }
}

/** What was done before it failed is kept, and said. */
function writeFailure({ flags }: Task, error: unknown, told: readonly Change[]): void {
  const message =
    error instanceof Error
      ? isResourceError(error)
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  if (flags.json === true) {
    const code = isResourceError(error) ? error.code : "UNKNOWN";
    process.stdout.write(
      `${JSON.stringify({ version: 1, ok: false, error: { code, message }, changes: told }, undefined, 2)}\n`,
    );
  }
  const done = told.filter(({ move, error: failed }) => move !== "nothing" && !failed);
  process.stderr.write(`${message}\n`);
  if (done.length > 0) {
    const ids = done.map(({ id }) => id).join(", ");
    process.stderr.write(
      `Done before that, and recorded: ${ids}. Nothing was deleted; run it again to go on.\n`,
    );
  }
}
