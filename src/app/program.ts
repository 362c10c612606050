import type { Report } from "../events.ts";
import type { ReconcileOptions } from "./reconcile.ts";
import { runAll } from "./run.ts";
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
  const { phase = "deploy", accept } = options;
  const settings = settingsOf(name, options, process.env, process.argv[1]);
  return runAll(
    settings,
    { phase, accept, isNamedByProgram: phase === "deploy" || phase === "plan" },
    program,
  );
}
