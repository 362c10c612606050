import { setMaxListeners } from "node:events";
import { UsageError } from "../errors.ts";
import type { Event, Phase } from "../events.ts";
import type { OptionNames } from "../known-options.ts";
import {
  type OpenedApp,
  countPlan,
  enter,
  enteredScope,
  hostHere,
  installDefault,
  openedApps,
  runningScope,
} from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import { askYesOrNo } from "../render/confirm.ts";
import { writeErr } from "../render/out.ts";
import { lines } from "../render/lines.ts";
import { traces } from "../render/trace-text.ts";
import { joinOptionsOf } from "./options/join-options.ts";
import { finalize } from "./phases/finalize.ts";
import { releaseOnSignal } from "./session/interrupt.ts";
import { type Flags, flagsIn, requireDeploy } from "./options/script-flags.ts";
import { runAll } from "./run.ts";
import { scopeOf } from "./session/scope.ts";
import { showPlanAtEnd } from "./shown-plan.ts";
import { type RunOptions, requireRunOptions, runOptionNames } from "./options/run-options.ts";
import { appNameOf, settingsOf, stageFor } from "./options/settings.ts";
import { requireGone } from "./script/script-world.ts";

/** See app(). */
export interface AppOptions extends RunOptions {
  /** Shows no progress on stderr. `AWAIT_AWS_LOG=silent` does the same. */
  readonly quiet?: boolean | undefined;
}

/** An app that a script has entered. */
export interface App {
  readonly name: string;
  readonly stage: string;
  /** What the script is run for: a plan makes nothing, and is told what it can be told. */
  readonly phase: Phase;
  /** Whether it is a plan: nothing that the script does beside its resources should then be done either. */
  readonly isPlan: boolean;
  /**
   * Deletes what earlier runs made and this one no longer declares, unless a call has failed. Throws one
   * AggregateError of everything that could not be deleted.
   */
  finalize(): Promise<void>;
}

/** See app. */
export interface EnterApp {
  (name: string, options?: AppOptions): Promise<App>;
  /** Finalizes the app that the script has entered; see App.finalize. */
  finalize(): Promise<void>;
}

/**
 * Names the app and stage of every call that follows. Inside a run of reconcile() or of the command line it joins
 * that run, and entered again before it is finalized it goes on with its own: `allowedAccounts` then holds beside the
 * run's, what the run was not told counts from before its first resource, and what is set aside is said.
 * @example
 * const shop = await app("shop", { stage: "test" });
 * await AWS.SQS.Queue("orders", { QueueName: "orders" });
 * await shop.finalize();
 */
export const app: EnterApp = Object.assign(enterApp, { finalize: finalizeEntered });

async function enterApp(name: string, options: AppOptions = {}): Promise<App> {
  requireRunOptions("app()", options, optionNames);
  const around = runningScope();
  if (around) {
    around.join(name, joinOptionsOf(options));
    // The run around it finalizes by itself.
    return appIn(around, () => Promise.resolve());
  }
  const host = hostHere();
  if (host) {
    const { quiet: _, ...asked } = options;
    const scope = host.enter(name, asked);
    return appIn(scope, () => host.finalize(scope));
  }
  const { phase, isConfirmed, options: flags } = flagsIn(process.argv.slice(2));
  const told = { ...options, ...flags };
  const open = findOpen(name, told);
  if (!open && phase === "destroy") await destroyRecorded(name, told, isConfirmed);
  const before = enteredScope();
  const scope = open ?? beginScript(name, told, phase);
  open?.join(name, joinOptionsOf(told));
  enter(scope);
  // The same stage may be entered again, and its lock is kept a moment beyond the last call.
  if (before !== scope) await before?.release();
  return appIn(scope, () => finalizeOnce(scope));
}

const appIn = ({ app: name, stage, phase }: Scope, end: () => Promise<void>): App => ({
  name,
  stage,
  phase,
  isPlan: phase === "plan",
  finalize: end,
});

const optionNames: OptionNames<AppOptions> = { ...runOptionNames, quiet: true };

/** A script that enters an app again goes on with its run: another one would delete what this one has declared. */
function findOpen(name: string, options: AppOptions): Scope | undefined {
  const stage = stageFor(options, process.env);
  const isMeant = ([scope, { store, isFinalized }]: readonly [Scope, OpenedApp]): boolean =>
    !isFinalized && scope.app === name && scope.stage === stage && store === options.store;
  return [...openedApps()].find(isMeant)?.[0];
}

function beginScript(name: string, told: AppOptions, phase: Flags["phase"]): Scope {
  // What was destroyed is not made again by the rest of the script.
  const manner = { finalizes: true, withholds: phase !== "deploy", phase };
  const scope = scriptScope(name, told, manner);
  const app = { store: told.store, isFinalized: false, finalize: finalizerOf(scope, isShown(told)) };
  openedApps().set(scope, app);
  countPlan(scope);
  if (!process.listeners("exit").includes(tellUnfinalized)) process.once("exit", tellUnfinalized);
  return scope;
}

/** What finalizing means where a script was told to deploy, to plan or to destroy. */
function finalizerOf(scope: Scope, isPlanShown: boolean): () => Promise<void> {
  if (scope.phase === "destroy") return () => Promise.resolve();
  if (scope.phase === "plan" && isPlanShown) return showPlanAtEnd(scope);
  return async () => requireGone(await finalize(scope).finally(() => scope.release()));
}

/** A script that has come to its end without finalizing has deleted nothing, which it may not know. */
function tellUnfinalized(code: number): void {
  if (code !== 0) return;
  for (const [scope, { isFinalized }] of openedApps()) {
    if (isFinalized || scope.phase === "destroy") continue;
    const name = `${JSON.stringify(scope.app)} (${scope.stage})`;
    const said = scope.phase === "plan" ? "no deletion is told of" : "nothing was deleted";
    scope.listener({ name: "notice", message: `${said}, because the script has never finalized ${name}` });
  }
  // Another copy of this package would tell it again.
  openedApps().clear();
}

/** `--destroy`: deletes everything recorded of the app; asks first, or takes `--yes` for an answer. */
async function destroyRecorded(name: string, options: AppOptions, isConfirmed: boolean): Promise<void> {
  const settings = settingsOf(name, toldOf(options), process.env, process.argv[1]);
  const question = `Delete everything in ${JSON.stringify(settings.stage)} of ${JSON.stringify(name)}?`;
  const answer = isConfirmed || (await askYesOrNo(question, process.env));
  if (answer === undefined) throw new UsageError("--destroy needs --yes where nobody can be asked");
  if (!answer) throw new UsageError("nothing was deleted");
  const report = await runAll(settings, { phase: "destroy" }, () => Promise.resolve());
  const failed = report.changes.filter(({ error }) => error);
  if (failed.length > 0) throw new Error(`${failed.length} resources could not be deleted`);
}

function finalizeEntered(): Promise<void> {
  // The run around the script finalizes by itself.
  if (runningScope()) return Promise.resolve();
  const scope = enteredScope();
  const host = hostHere();
  if (scope) return host ? host.finalize(scope) : finalizeOnce(scope);
  return Promise.reject(new UsageError("app.finalize() needs an app: await app(name) first"));
}

async function finalizeOnce(scope: Scope): Promise<void> {
  const app = openedApps().get(scope);
  if (!app) return finalizerOf(scope, false)();
  openedApps().set(scope, { ...app, isFinalized: true });
  return app.finalize();
}

interface ScriptPolicy {
  readonly finalizes: boolean;
  readonly withholds: boolean;
  readonly phase: Phase;
}

function scriptScope(
  name: string,
  options: AppOptions,
  { finalizes, withholds, phase }: ScriptPolicy,
): Scope {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]);
  // Every request under way listens to it, and Node takes more than ten listeners for a leak.
  setMaxListeners(0, signal);
  const settings = settingsOf(name, { ...toldOf(options, phase), signal }, process.env, process.argv[1]);
  // What the script gave, and not what was made of it, is what it may give again.
  const { onEvent, signal: given } = options;
  const asked = { ...settings.asked, apart: { ...settings.asked.apart, onEvent, signal: given } };
  const scope = scopeOf({ ...settings, asked, withholds }, { finalizes, reports: false, phase });
  return releaseOnSignal(scope, () => stop.abort());
}

/** A plain script shows its progress, unless it was told to be quiet or listens itself. */
function toldOf(options: AppOptions, phase: Phase = "deploy"): AppOptions {
  // The rest of a script whose app has just been destroyed is of no interest to anybody.
  if (options.onEvent || phase === "destroy") return options;
  if (!isShown(options)) return { ...options, onEvent: traces(writeErr) };
  const told = lines(writeErr, process.env);
  // A plan is shown whole when it is complete.
  const isLater = ({ name }: Event): boolean => phase === "plan" && (name === "planned" || name === "failed");
  return { ...options, onEvent: (event) => (isLater(event) ? undefined : told(event)) };
}

const isShown = ({ quiet, onEvent }: AppOptions): boolean =>
  quiet !== true && onEvent === undefined && process.env["AWAIT_AWS_LOG"] !== "silent";

/** Gives plain scripts their app: named after the script, shown on stderr, nothing ever deleted. Doors call this. */
export function installDefaultApp(): void {
  const manner = { finalizes: false, withholds: false, phase: "deploy" } as const;
  installDefault(() => {
    const flags = flagsIn(process.argv.slice(2));
    requireDeploy(flags);
    return scriptScope(appNameOf(process.argv[1]), flags.options, manner);
  });
}
