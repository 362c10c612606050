import { ResourceError } from "../../errors.ts";
import type { Report } from "../../events.ts";
import { installHost } from "../../scope/ambient.ts";
import type { Scope } from "../../scope/scope.ts";
import { systemClock } from "../../wire/clock.ts";
import { reasonToKeep } from "../phases/finalize.ts";
import type { ReconcileOptions } from "../reconcile.ts";
import { type RunInProgress, requireWhole, timeUpError } from "../run.ts";
import { type AppNaming, type ScriptWorld, scriptWorldOf } from "./script-world.ts";

/** A script, and how its process tells of its end. */
export interface Script extends AppNaming {
  readonly start: () => Promise<unknown>;
  /** Resolves when the process has nothing left to do; unless told, when `start` has come to its end. */
  readonly idle?: Promise<void>;
  /** Rejects with the first error that nobody caught. */
  readonly stray?: Promise<never>;
  /** Why the script is not believed to have come to its end, if it is not. */
  readonly doubt?: () => string | undefined;
}

/** A hosted run under way. */
export interface HostedRun extends Omit<RunInProgress, "settled"> {
  /** Whether every app that the script has entered is finalized, and there is one: that is the script's own end. */
  readonly isComplete: () => boolean;
}

/**
 * Runs a script as the run of this process: its calls fall where they would fall without it, in the phase that was
 * told, and what was told beats what the script states. An app ends where the script finalizes it. A script that names
 * none ends when its process has nothing left to do: only then is deleted what it no longer declares.
 */
export function hostScript(script: Script, given: ReconcileOptions): HostedRun {
  const deadline = deadlineOf(given);
  const told = { ...given, timeout: undefined, signal: deadline.signal };
  const world = scriptWorldOf(script, told);
  installHost(world.host);
  const whole = async (): Promise<Report> => {
    let failure: unknown;
    try {
      await awaitScriptEnd(script, told.signal, world);
      await conclude(script, given, world);
      return world.soFar();
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      deadline.end();
      await world.settled();
      await Promise.all(world.apps().map(({ scope }) => scope.release(failure)));
    }
  };
  return { soFar: world.soFar, isTold: world.isTold, isComplete: world.isComplete, ended: whole() };
}

/** The longest that a timer can wait. ms. */
const longestMs = 2 ** 31 - 1;

/** The time of a whole run counts from its beginning, however many apps it has; it keeps no process from its end. */
function deadlineOf({ timeout, signal }: ReconcileOptions): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController();
  const begin = (ms: number): NodeJS.Timeout =>
    setTimeout(() => stop.abort(timeUpError(ms)), Math.min(ms, longestMs)).unref();
  const timer = timeout === undefined ? undefined : begin(timeout);
  return {
    signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]),
    end: () => clearTimeout(timer),
  };
}

/** Ends when the script does; rejects with what it has done wrong. */
async function awaitScriptEnd(script: Script, signal: AbortSignal, world: ScriptWorld): Promise<void> {
  let isDone = false;
  const main = async (): Promise<void> => {
    try {
      await script.start();
      isDone = true;
    } catch (error) {
      // After an error at its top a script does nothing more.
      if (world.isTold(error)) return;
      throw error;
    }
    await script.idle;
  };
  const waitsForEver = async (): Promise<void> => {
    await script.idle;
    if (!isDone && !world.isComplete()) throw endlessScriptError();
  };
  const others = [...(script.idle ? [waitsForEver()] : []), ...(script.stray ? [script.stray] : [])];
  await Promise.race([main(), awaitStop(signal, world), ...others]);
  await world.settled();
}

/** Why a script that nothing can bring on has not come to its end. */
export const endlessScriptError = (): ResourceError =>
  new ResourceError("ABORTED", "the script waits for something that never comes", {
    advice: "Look for an await whose promise nobody resolves.",
  });

/** For how long a script that was stopped may still clean up, once its calls have settled. ms. */
const patienceMs = 1_000;

/** Resolves some time after the run was stopped and what was under way has settled. */
async function awaitStop(signal: AbortSignal, world: ScriptWorld): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await world.settled();
  await systemClock.sleep(patienceMs);
}

/** What remains once the script has ended: the end of a script that names no app, and a word on apps left open. */
async function conclude({ doubt }: Script, { phase }: ReconcileOptions, world: ScriptWorld): Promise<void> {
  const { plain } = world;
  const why = doubt?.();
  if (!world.isNamed() && why === undefined) return void (await plain.finalize());
  const isUntouched = (scope: Scope): boolean =>
    scope === plain.scope && world.isNamed() && scope.journal.seen.size === 0;
  for (const { scope, isFinalized } of world.apps()) {
    if (isFinalized() || isUntouched(scope)) continue;
    if (phase !== "plan") requireWhole(scope);
    const said = phase === "plan" ? "no deletion is told of" : "nothing was deleted";
    const open = `the script has never finalized ${JSON.stringify(scope.app)} (${scope.stage})`;
    scope.listener({ name: "notice", message: `${said}, because ${reasonToKeep(scope) ?? why ?? open}` });
  }
}
