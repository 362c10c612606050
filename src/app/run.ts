import { ResourceError, UsageError } from "../errors.ts";
import type { Listener, Phase, Report } from "../events.ts";
import { criticalPathOf } from "../report/critical-path.ts";
import { withWaits } from "../report/waits.ts";
import { plannedChangesOf, findUndeclared } from "../resource/decide/held-to-plan.ts";
import { hasChecks } from "../resource/decide/checks.ts";
import { failureIn, report } from "../resource/report.ts";
import { redactChange } from "../resource/secrets/redact-changes.ts";
import { countPlan, runIn } from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import { compareAll } from "./phases/drift.ts";
import { destroyAll, finalize, settleCalls } from "./phases/finalize.ts";
import { renamesIn } from "./phases/foresee-removals.ts";
import { scopeOf } from "./session/scope.ts";
import { stoppedIn } from "./session/stopped-plan.ts";
import type { Settings } from "./options/settings.ts";

/** What a run is for, and how its program may take part. */
export interface RunKind {
  readonly phase: Phase;
  /** Of a drift run: records what is there. */
  readonly accept?: boolean | undefined;
  /** Of a plan: of a destroy, which runs no program. */
  readonly destroys?: boolean | undefined;
  /** The stage was told from outside the program. */
  readonly isStageTold?: boolean;
}

type Program = () => Promise<unknown>;

/** A run under way. */
export interface RunInProgress {
  /** What has happened up to now. */
  readonly soFar: () => Report;
  /** Whether an error is in the report already, or ends a plan: nothing that the program has done wrong. */
  readonly isTold: (error: unknown) => boolean;
  /** Waits for the calls under way. */
  readonly settled: () => Promise<void>;
  /** See runAll. */
  readonly ended: Promise<Report>;
}

/** A whole run: the stage's lock, the program, what is left over, the report. */
export const runAll = (settings: Settings, course: RunKind, program: Program): Promise<Report> =>
  startAll(settings, course, program).ended;

/** Begins such a run. */
export function startAll(settings: Settings, course: RunKind, program: Program): RunInProgress {
  const { phase, isStageTold = false, destroys = false } = course;
  const end = new AbortController();
  const withholds = phase === "plan" || (phase === "drift" && course.accept !== true);
  // To delete or to look at what is recorded nothing has to be compared with what a script says.
  const isKeyless = phase === "destroy" || phase === "drift" || destroys;
  const manner = { finalizes: true, reports: true, isKept: true, isKeyless, phase, isStageTold };
  const scope = scopeOf({ ...limitTime(settings, end.signal), withholds }, manner);
  const soFar = startReport(scope, phase);
  const endPlanned = countPlan(scope);
  const whole = async (): Promise<Report> => {
    let failure: unknown;
    try {
      // A stage that cannot be taken ends a run before its program begins.
      await takeStage(scope);
      if (phase === "deploy" && (await isRefused(scope, settings, program))) return soFar();
      const more = await phases[destroys ? "destroy" : phase](scope, program, course);
      return { ...soFar(), ...more };
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      end.abort();
      endPlanned();
      await scope.release(failure);
    }
  };
  const isTold = (error: unknown): boolean => isToldIn(scope, error);
  return { soFar, isTold, settled: () => settleCalls(scope), ended: whole() };
}

/**
 * Plans a deploy that has checks to pass, and puts what they refuse into its report: nothing is sent then. What only a
 * deploy can know is asked about once more, when it is known.
 */
async function isRefused(scope: Scope, settings: Settings, program: Program): Promise<boolean> {
  if (!hasChecks(scope)) return false;
  const manner = { finalizes: true, reports: true, phase: "plan" } as const;
  const listener: Listener = (event) => {
    if (event.name === "call") scope.listener(event);
  };
  const rehearsal = scopeOf({ ...settings, withholds: true, listener }, manner);
  const told = startReport(rehearsal, "plan");
  try {
    await plan(rehearsal, program);
  } finally {
    await rehearsal.release();
  }
  const refused = told().changes.filter(({ error }) => error?.code === "REFUSED");
  for (const change of refused) report(scope, change);
  return refused.length > 0;
}

/** Inside another run a program only adds its resources to that run, which deletes what is left over. */
export async function joinRun(scope: Scope, phase: Phase, program: Program): Promise<Report> {
  if (phase !== "deploy" && phase !== "plan") {
    throw new UsageError(`a ${phase} cannot join a run that is under way`);
  }
  if (phase === "plan" && !scope.withholds) {
    throw new UsageError("a plan cannot join a deploy that is under way: it would be deployed");
  }
  const report = startReport(scope, phase);
  await runProgram(scope, program);
  return report();
}

const phases: Readonly<
  Record<Phase, (scope: Scope, program: Program, course: RunKind) => Promise<Partial<Report>>>
> = {
  deploy: async (scope, program) => {
    await runIn(scope, () => runProgram(scope, program));
    await takeStage(scope);
    requireWhole(scope);
    await finalize(scope);
    return {};
  },
  plan,
  destroy: async (scope) => {
    await destroyAll(scope);
    return {};
  },
  drift: async (scope, _, { accept = false }) => {
    await compareAll(scope, accept);
    return {};
  },
};

async function plan(scope: Scope, program: Program): Promise<Partial<Report>> {
  return endPlan(scope, await runIn(scope, () => planProgram(scope, program)));
}

/** Ends a plan: by what has stopped its program, else by what a deploy would delete. */
export async function endPlan(scope: Scope, stopped: ResourceError | undefined): Promise<Partial<Report>> {
  if (!stopped) return planRemovals(scope);
  scope.listener({ name: "notice", message: `the plan ends here: ${stopped.what}` });
  return { stopped: failureIn(stopped) };
}

/** Tells what a deploy would delete, and what looks renamed. */
export async function planRemovals(scope: Scope): Promise<Partial<Report>> {
  await finalize(scope);
  const renames = await scope.hold(async (records) => renamesIn(records, scope.journal.changes));
  return renames.length > 0 ? { renames } : {};
}

/**
 * Runs the program as far as it goes: what it cannot know before apply ends it, also where the program caught that
 * and went on, and is no failure.
 */
async function planProgram(scope: Scope, program: Program): Promise<ResourceError | undefined> {
  try {
    await runProgram(scope, program);
  } catch (error) {
    if (!isToldIn(scope, error)) throw error;
  }
  return stoppedIn(scope);
}

/** Tells whether an error is one of those that a look into the unknown has thrown, or stands on one. */
function isOfUnknown(scope: Scope, error: Error): boolean {
  if (scope.journal.unknowns.some((unknown) => unknown.error === error)) return true;
  return error.cause instanceof Error && error.cause !== error && isOfUnknown(scope, error.cause);
}

/** Whether an error is of calls that have failed, or of what a plan cannot know, and of nothing else. */
export function isToldIn(scope: Scope, error: unknown): boolean {
  return isOnly(error, (inner) => scope.journal.reported.has(inner) || isOfUnknown(scope, inner));
}

/** A plan that is kept to is kept to the end: what it tells to make and the program no longer declares is a mismatch. */
export function requireWhole(scope: Scope): void {
  const { seen, changes } = scope.journal;
  const missing = findUndeclared(plannedChangesOf(scope) ?? [], seen);
  if (!missing || scope.signal?.aborted || changes.some(({ error }) => error)) return;
  const { id, type, move } = missing;
  throw new ResourceError("PLAN_MISMATCH", `the plan says ${move}, and the script no longer declares it`, {
    id,
    type,
  });
}

/** Takes the stage, and throws what kept it from being taken. */
export const takeStage = (scope: Scope): Promise<void> => scope.hold(() => Promise.resolve());

/** Stops a run whose time is up as its own signal would. */
function limitTime(settings: Settings, end: AbortSignal): Settings {
  const { clock, timeout, signal } = settings;
  if (timeout === undefined) return settings;
  const stop = new AbortController();
  const expire = (isTime: boolean): void => {
    if (isTime) stop.abort(timeUpError(timeout));
  };
  void clock.sleep(timeout, end).then(expire);
  return { ...settings, signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]) };
}

export const timeUpError = (timeout: number): ResourceError =>
  new ResourceError("TIMEOUT", `the run's time of ${timeout} ms is up`, {
    advice: "Give the run more time, or run the script again to go on.",
  });

/** Tells what has happened in a scope since now. */
export function startReport(scope: Scope, phase: Phase): () => Report {
  const startedAt = scope.now();
  const before = scope.journal.changes.length;
  const callsBefore = { ...scope.journal.calls };
  const readBefore = new Set(scope.journal.reads);
  return () => {
    const { app, stage } = scope;
    // A call may have named secret what earlier ones had told.
    const changes = withWaits(scope.journal.changes.slice(before)).map((change) =>
      redactChange(change, scope.journal.confidential),
    );
    const counted = Object.entries(scope.journal.calls).map(
      ([api, count]) => [api, count - (callsBefore[api] ?? 0)] as const,
    );
    const calls = Object.fromEntries(counted.filter(([, count]) => count > 0));
    const ok = changes.every((change) => !change.error);
    const reads = [...scope.journal.reads].filter((type) => !readBefore.has(type)).toSorted();
    const began = new Date(scope.begunAt).toISOString();
    const told = { version: 2, app, stage, phase, startedAt: began, ok, changes, calls } as const;
    const durationMs = scope.now() - startedAt;
    return { ...told, ...(reads.length > 0 && { reads }), durationMs, ...pathOf(told) };
  };
}

/** What decided how long it took, of a run that was there to do something. */
function pathOf({ phase, changes }: Pick<Report, "phase" | "changes">): Pick<Report, "criticalPath"> {
  const criticalPath = phase === "deploy" || phase === "destroy" ? criticalPathOf(changes) : [];
  return criticalPath.length > 0 ? { criticalPath } : {};
}

/** Runs the program to the end of its last call; throws what is the program's own failure. */
async function runProgram(scope: Scope, program: Program): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!isOnly(error, (inner) => scope.journal.reported.has(inner))) throw error;
  } finally {
    await settleCalls(scope);
  }
}

/** A resource's own failure stands in the report, alone or among others; anything else is the program's. */
function isOnly(error: unknown, isKnown: (inner: Error) => boolean): boolean {
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((inner) => isOnly(inner, isKnown));
  }
  return error instanceof Error && isKnown(error);
}
