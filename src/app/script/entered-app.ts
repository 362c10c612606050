import type { Phase, Report } from "../../events.ts";
import { failureIn, noteReported } from "../../resource/report.ts";
import { countPlan } from "../../scope/ambient.ts";
import type { Scope } from "../../scope/scope.ts";
import type { StateStore } from "../../state/store.ts";
import { finalize, settleCalls } from "../phases/finalize.ts";
import { endPlan, startReport, requireWhole, takeStage } from "../run.ts";
import { scopeOf } from "../session/scope.ts";
import type { Settings } from "../options/settings.ts";
import { stoppedIn } from "../session/stopped-plan.ts";

/** An app of a hosted run. */
export interface EnteredApp {
  readonly scope: Scope;
  readonly store: StateStore;
  /** What has happened in it up to now. */
  readonly soFar: () => Report;
  /** Waits for its calls and deletes what it no longer declares, once. Resolves with what could not be deleted. */
  readonly finalize: () => Promise<readonly unknown[]>;
  /** Whether that is done. */
  readonly isFinalized: () => boolean;
}

/** Begins an app of a run that deploys or plans. Touches neither disk nor network. */
export function beginApp(settings: Settings, phase: Phase, isStageTold: boolean): EnteredApp {
  const manner = { finalizes: true, reports: true, isKept: true, phase, isStageTold };
  const scope = scopeOf({ ...settings, withholds: phase === "plan" }, manner);
  const report = startReport(scope, phase);
  countPlan(scope);
  let more: Partial<Report> = {};
  let ending: Promise<readonly unknown[]> | undefined;
  let isFinalized = false;

  const end = async (): Promise<readonly unknown[]> => {
    await settleCalls(scope);
    let failure: unknown;
    try {
      if (scope.withholds) more = await endPlan(scope, stoppedIn(scope));
      const left = scope.withholds ? [] : await finalizeForReal(scope);
      isFinalized = true;
      return left;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      await scope.release(failure);
    }
  };

  return {
    scope,
    store: settings.store,
    soFar: () => {
      const unknown = scope.withholds ? stoppedIn(scope) : undefined;
      return { ...report(), ...more, ...(unknown && { stopped: failureIn(unknown) }) };
    },
    finalize: () => (ending ??= end()),
    isFinalized: () => isFinalized,
  };
}

async function finalizeForReal(scope: Scope): Promise<readonly unknown[]> {
  await takeStage(scope);
  requireWhole(scope);
  const left = await finalize(scope);
  // They stand in the report.
  for (const failure of left) if (failure instanceof Error) noteReported(scope.journal, failure);
  return left;
}
