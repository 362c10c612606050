import type { Event } from "../events.ts";
import { enter, enteredScope, installDefault, runningScope } from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import { confirmed } from "../render/confirm.ts";
import { lines } from "../render/lines.ts";
import { finalize } from "./finalize.ts";
import { interruptible } from "./interrupt.ts";
import { flagsIn, requireDeploy } from "./flags.ts";
import { runAll } from "./run.ts";
import { scopeOf } from "./session.ts";
import { shownPlan } from "./shown-plan.ts";
import type { RunOptions } from "./run-options.ts";
import { appNameOf, settingsOf } from "./settings.ts";

/** See app(). */
export interface AppOptions extends RunOptions {
  /** Shows no progress on stderr. `AWAIT_AWS_LOG=silent` does the same. */
  readonly quiet?: boolean | undefined;
}

/** An app that a script has entered. */
export interface App {
  readonly name: string;
  readonly stage: string;
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
 * Names the app and stage of every call that follows. Inside a run of reconcile() it joins that run.
 * @example
 * const shop = await app("shop", { stage: "test" });
 * await AWS.SQS.Queue("orders", { QueueName: "orders" });
 * await shop.finalize();
 */
export const app: EnterApp = Object.assign(enterApp, { finalize: finalizeEntered });

async function enterApp(name: string, options: AppOptions = {}): Promise<App> {
  const around = runningScope();
  if (around) {
    around.named(name);
    return { name: around.app, stage: around.stage, finalize: () => Promise.resolve() };
  }
  const { phase, isConfirmed, options: flags } = flagsIn(process.argv.slice(2));
  const told = { ...options, ...flags };
  if (phase === "destroy") await destroyed(name, told, isConfirmed);
  const before = enteredScope();
  // What was destroyed is not made again by the rest of the script.
  const manner = { finalizes: true, withholds: phase !== "deploy" };
  const scope = scriptScope(name, phase === "destroy" ? { ...told, quiet: true } : told, manner);
  if (phase === "destroy") finalizers.set(scope, () => Promise.resolve());
  if (phase === "plan" && isShown(told)) finalizers.set(scope, shownPlan(scope));
  enter(scope);
  // The same stage may be entered again, and its lock is kept a moment beyond the last call.
  await before?.release();
  return { name: scope.app, stage: scope.stage, finalize: () => finalizeOnce(scope) };
}

/** What finalizing means where a script was told to plan or to destroy. */
const finalizers = new WeakMap<Scope, () => Promise<void>>();

/** `--destroy`: deletes everything recorded of the app; asks first, or takes `--yes` for an answer. */
async function destroyed(name: string, options: AppOptions, isConfirmed: boolean): Promise<void> {
  const settings = settingsOf(name, toldOf(options), process.env, process.argv[1]);
  const question = `Delete everything in ${JSON.stringify(settings.stage)} of ${JSON.stringify(name)}?`;
  const answer = isConfirmed || (await confirmed(question, process.env));
  if (answer === undefined) throw new TypeError("--destroy needs --yes where nobody can be asked");
  if (!answer) throw new TypeError("nothing was deleted");
  const report = await runAll(settings, { phase: "destroy" }, () => Promise.resolve());
  const failed = report.changes.filter(({ error }) => error);
  if (failed.length > 0) throw new Error(`${failed.length} resources could not be deleted`);
}

function finalizeEntered(): Promise<void> {
  // The run around the script finalizes by itself.
  if (runningScope()) return Promise.resolve();
  const scope = enteredScope();
  if (scope) return finalizeOnce(scope);
  return Promise.reject(new TypeError("app.finalize() needs an app: await app(name) first"));
}

async function finalizeOnce(scope: Scope): Promise<void> {
  const other = finalizers.get(scope);
  if (other) return other();
  const failures = await finalize(scope).finally(() => scope.release());
  if (failures.length === 0) return;
  throw new AggregateError(
    failures,
    `${failures.length} of the resources no longer declared could not be deleted`,
  );
}

interface ScriptManner {
  readonly finalizes: boolean;
  readonly withholds: boolean;
}

function scriptScope(name: string, options: AppOptions, { finalizes, withholds }: ScriptManner): Scope {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]);
  const settings = settingsOf(name, { ...toldOf(options, withholds), signal }, process.env, process.argv[1]);
  const scope = scopeOf({ ...settings, withholds }, { finalizes, reports: false });
  return interruptible(scope, () => stop.abort());
}

/** A plain script shows its progress, unless it was told to be quiet or listens itself. */
function toldOf(options: AppOptions, isPlan = false): AppOptions {
  if (!isShown(options)) return options;
  const told = lines((text) => process.stderr.write(text), process.env);
  // A plan is shown whole when it is complete.
  const isLater = ({ name }: Event): boolean => isPlan && (name === "planned" || name === "failed");
  return { ...options, onEvent: (event) => (isLater(event) ? undefined : told(event)) };
}

const isShown = ({ quiet, onEvent }: AppOptions): boolean =>
  quiet !== true && onEvent === undefined && process.env["AWAIT_AWS_LOG"] !== "silent";

/** Gives plain scripts their app: named after the script, shown on stderr, nothing ever deleted. Doors call this. */
export function installDefaultApp(): void {
  const manner = { finalizes: false, withholds: false };
  installDefault(() => {
    requireDeploy(process.argv.slice(2));
    return scriptScope(appNameOf(process.argv[1]), {}, manner);
  });
}
