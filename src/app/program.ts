import type { Change, Report } from "../events.ts";
import { failureIn } from "../resource/report.ts";
import { installHost } from "../scope/ambient.ts";
import { type HostedRun, type Script, hostScript } from "./script/hosted.ts";
import type { ReconcileOptions } from "./reconcile.ts";
import { rekeyAll } from "./phases/rekey.ts";
import { startAll } from "./run.ts";
import { settingsOf, type RekeyedStage } from "./options/settings.ts";

/**
 * Runs a whole script, which may name its apps itself with app() or reconcile(); `name` is for one that does not.
 * Rejects as reconcile() does.
 */
export async function runProgram(
  name: string,
  program: () => Promise<unknown>,
  options: ReconcileOptions = {},
): Promise<Report> {
  try {
    return await startProgram({ name, start: program }, options).ended;
  } finally {
    installHost(undefined);
  }
}

/**
 * The same, for a caller that has to tell how far it has come even when it never ends, and whose process it is: what
 * the script calls later finds the run that has ended, and is refused. A phase that runs no script asks it nothing.
 */
export function startProgram(script: Script, options: ReconcileOptions = {}): HostedRun {
  const { phase = "deploy", accept, destroys = false } = options;
  if (phase === "deploy" || (phase === "plan" && !destroys)) return hostScript(script, options);
  const settings = settingsOf(script.name, options, process.env, process.argv[1]);
  return { ...startAll(settings, { phase, accept, destroys }, script.start), isComplete: () => false };
}

/**
 * The same for a script whose values are to be recorded by the key of today: it is followed as a plan is, and what it
 * has declared is then digested anew.
 */
export function startRekey(script: Script, options: ReconcileOptions = {}): HostedRun {
  const declared: RekeyedStage[] = [];
  const rekeys = (one: RekeyedStage): void => void declared.push(one);
  const planned = { ...options, phase: "plan", rekeys } as const;
  const hosted = hostScript(script, planned);
  const whole = async (): Promise<Report> => {
    const { others: _, ...report } = await hosted.ended;
    const changes: Change[] = [];
    for (const one of declared) changes.push(...(await rekeyAll(one)));
    return { ...report, changes, ok: changes.every(({ error }) => !error) };
  };
  return { ...hosted, ended: whole() };
}

/** The report of a run that an error ended. */
export const failReport = (report: Report, error: unknown): Report => ({
  ...report,
  ok: false,
  error: failureIn(error),
});
