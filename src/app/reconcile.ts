import { UsageError } from "../errors.ts";
import { hostHere, runningScope } from "../scope/ambient.ts";
import type { Phase, Report } from "../events.ts";
import type { OptionNames } from "../known-options.ts";
import { joinOptionsOf } from "./options/join-options.ts";
import { requireHeeded } from "./options/script-flags.ts";
import { type RunOptions, requireRunOptions, runOptionNames } from "./options/run-options.ts";
import { joinRun, runAll } from "./run.ts";
import { settingsOf } from "./options/settings.ts";

/** See reconcile(). */
export interface ReconcileOptions extends RunOptions {
  /**
   * `deploy` makes what the program declares and deletes what it no longer does; `plan` tells what that would be, and
   * writes nothing; `destroy` deletes all and `drift` compares all that is recorded, without running the program.
   * Default `deploy`.
   */
  readonly phase?: Phase | undefined;
  /** Of a drift run: records what is there, so that the next plan shows how the script differs from it. */
  readonly accept?: boolean | undefined;
  /** Of a plan: tells what a destroy would delete, rather than what a deploy would do, and does not run the program. */
  readonly destroys?: boolean | undefined;
}

/**
 * Runs a program that declares resources, deletes what it no longer declares, and tells what happened. Never prints
 * and never exits. Resolves with `ok: false` when resources failed; rejects only when the run could not start
 * (`LOCKED`, `STATE_UNWRITABLE`, …) or the program threw something of its own.
 * @example
 * const report = await reconcile("api", async () => {
 *   await AWS.ApiGatewayV2.Api("api", { Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" });
 * });
 */
export async function reconcile(
  name: string,
  program: () => Promise<unknown>,
  options: ReconcileOptions = {},
): Promise<Report> {
  requireRunOptions("reconcile()", options, optionNames);
  const { phase = "deploy" } = options;
  // A plain JavaScript program may ask for a phase that is none: nothing must be deployed for it.
  if (!phases.includes(phase))
    throw new UsageError(`a phase is ${phases.join(" or ")}; given was ${JSON.stringify(phase)}`);
  const { accept, destroys = false } = options;
  if (destroys && phase !== "plan")
    throw new UsageError(`destroys is an option of a plan, not of a ${phase}`);
  const around = runningScope();
  if (around && destroys) throw new UsageError("a plan of a destroy cannot join a run that is under way");
  if (around) {
    around.join(name, joinOptionsOf(options));
    return joinRun(around, phase, program);
  }
  const host = hostHere();
  if (host) return host.reconcile(name, program, options);
  requireHeeded(process.argv.slice(2), options);
  return runAll(
    settingsOf(name, options, process.env, process.argv[1]),
    { phase, accept, destroys },
    program,
  );
}

const optionNames: OptionNames<ReconcileOptions> = {
  ...runOptionNames,
  phase: true,
  accept: true,
  destroys: true,
};

const phases: readonly Phase[] = ["deploy", "plan", "destroy", "drift"];
