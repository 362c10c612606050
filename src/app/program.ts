import type { Report } from "../events.ts";
import { failureIn } from "../resource/resource.ts";
import type { ReconcileOptions } from "./reconcile.ts";
import { type Running, startAll } from "./run.ts";
import { settingsOf } from "./settings.ts";

/**
 * Runs a whole script as reconcile() runs a program. The script may name its app itself, with app() or reconcile()
 * before its first resource; `name` is for one that does not. Rejects as reconcile() does.
 */
export function runProgram(
  name: string,
  program: () => Promise<unknown>,
  options: ReconcileOptions = {},
): Promise<Report> {
  return startProgram(name, program, options).ended;
}

/** The same, for a caller that has to tell how far it has come even when it never ends. */
export function startProgram(
  name: string,
  program: () => Promise<unknown>,
  options: ReconcileOptions = {},
): Running {
  const { phase = "deploy", accept } = options;
  const settings = settingsOf(name, options, process.env, process.argv[1]);
  return startAll(
    settings,
    { phase, accept, isNamedByProgram: phase === "deploy" || phase === "plan" },
    program,
  );
}

/** The report of a run that an error ended. */
export const failed = (report: Report, error: unknown): Report => ({
  ...report,
  ok: false,
  error: failureIn(error),
});
