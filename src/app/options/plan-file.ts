import { UsageError } from "../../errors.ts";
import type { Change, Report } from "../../events.ts";

/** A plan as it is kept in a file: what a deploy may do, and nothing else. JSON-safe; secrets are masked. */
export interface PlanFile {
  readonly version: 1;
  readonly app: string;
  readonly stage: string;
  /** ISO 8601 instant at which it was made. */
  readonly plannedAt: string;
  readonly changes: readonly Change[];
}

/** Makes the file of a plan's report; `now` is epoch ms. A plan that failed or stopped half-way can be no promise. */
export function planFileOf({ app, stage, ok, stopped, changes, others }: Report, now: number): PlanFile {
  if (others) throw new UsageError("a plan of several apps is not kept: give each a script of its own");
  if (!ok) throw new UsageError("a plan with failures is not kept");
  if (stopped) throw new UsageError("a plan that stopped half-way is not kept");
  return {
    version: 1,
    app,
    stage,
    plannedAt: new Date(now).toISOString(),
    changes: changes.map(withoutTimes),
  };
}

/** A plan promises what is done; how long it took to find that out is no part of it. */
function withoutTimes(change: Change): Change {
  const { startedMs: _, steps: __, ...kept } = change;
  return kept;
}

/** Reads the text of such a file. */
export function planFileIn(text: string): PlanFile {
  try {
    const value: unknown = JSON.parse(text);
    if (isPlanFile(value)) return value;
  } catch {
    throw new UsageError("the plan file holds no JSON");
  }
  throw new UsageError("the file holds no plan of this version");
}

const isPlanFile = (value: unknown): value is PlanFile =>
  typeof value === "object" &&
  value !== null &&
  "version" in value &&
  value.version === 1 &&
  "changes" in value &&
  Array.isArray(value.changes);
