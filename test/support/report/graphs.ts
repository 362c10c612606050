import type { Change, Report } from "../../../src/events.ts";
import { type Graph, graphOfReport } from "../../../src/report/graph/graph.ts";

/** A change that tells what its resource uses. */
export type UsingChange = Change & { readonly uses?: readonly string[] };

/** A queue that would be created. */
export const queue = (id: string, uses: readonly string[] = [], more: Partial<Change> = {}): UsingChange => ({
  id,
  type: "AWS::SQS::Queue",
  move: "create",
  durationMs: 1,
  uses,
  ...more,
});

/** The report of a plan with these changes. */
export const planOf = (changes: readonly Change[], app = "shop"): Report => ({
  version: 2,
  app,
  stage: "dev",
  phase: "plan",
  startedAt: "2026-01-02T12:00:00.000Z",
  ok: true,
  changes,
  calls: {},
  durationMs: 1,
});

/** The graph of such a plan. */
export const graphOf = (changes: readonly UsingChange[], app?: string): Graph =>
  graphOfReport(planOf(changes, app));
