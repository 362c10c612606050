import { ResourceError } from "../errors.ts";
import { runIn } from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import { destroyAll, finalize, settled } from "./finalize.ts";
import type { Report } from "./report.ts";
import { scopeOf } from "./session.ts";
import type { Settings } from "./settings.ts";

type Phase = Report["phase"];

/** A whole run: the stage's lock, the program, what is left over, the report. */
export async function runAll(
  settings: Settings,
  phase: Phase,
  program: () => Promise<unknown>,
): Promise<Report> {
  const end = new AbortController();
  const scope = scopeOf(timed(settings, end.signal), { finalizes: true, reports: true });
  const report = reporting(scope, phase);
  try {
    await scope.hold(async () => {
      await (phase === "destroy" ? destroyAll(scope) : deploy(scope, program));
    });
  } finally {
    end.abort();
    await scope.release();
  }
  return report();
}

/** Stops a run whose time is up as its own signal would. */
function timed(settings: Settings, end: AbortSignal): Settings {
  const { clock, timeout, signal } = settings;
  if (timeout === undefined) return settings;
  const stop = new AbortController();
  const expire = (isTime: boolean): void => {
    if (isTime) stop.abort(timeUp(timeout));
  };
  void clock.sleep(timeout, end).then(expire);
  return { ...settings, signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]) };
}

const timeUp = (timeout: number): ResourceError =>
  new ResourceError("TIMEOUT", `the run's time of ${timeout} ms is up`, {
    advice: "Give the run more time, or run the script again to go on.",
  });

/** Inside another run a program only adds its resources to that run, which deletes what is left over. */
export async function joined(scope: Scope, phase: Phase, program: () => Promise<unknown>): Promise<Report> {
  if (phase !== "deploy") throw new TypeError(`a ${phase} cannot join a run that is under way`);
  const report = reporting(scope, phase);
  await declared(scope, program);
  return report();
}

/** Tells what has happened in a scope since now. */
function reporting(scope: Scope, phase: Phase): () => Report {
  const { app, stage } = scope;
  const startedAt = scope.now();
  const before = scope.changes.length;
  const callsBefore = { ...scope.calls };
  return () => {
    const changes = scope.changes.slice(before);
    const counted = Object.entries(scope.calls).map(
      ([api, count]) => [api, count - (callsBefore[api] ?? 0)] as const,
    );
    const calls = Object.fromEntries(counted.filter(([, count]) => count > 0));
    const ok = changes.every((change) => !change.error);
    return { app, stage, phase, ok, changes, calls, durationMs: scope.now() - startedAt };
  };
}

async function deploy(scope: Scope, program: () => Promise<unknown>): Promise<void> {
  await runIn(scope, () => declared(scope, program));
  await finalize(scope);
}

/** Runs the program to the end of its last call; throws what is the program's own failure. */
async function declared(scope: Scope, program: () => Promise<unknown>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!isReported(scope, error)) throw error;
  } finally {
    await settled(scope);
  }
}

/** A resource's own failure stands in the report, alone or among others; anything else is the program's. */
function isReported(scope: Scope, error: unknown): boolean {
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((inner) => isReported(scope, inner));
  }
  return error instanceof Error && scope.reported.has(error);
}
