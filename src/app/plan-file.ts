import type { Change } from "../events.ts";

/** A plan as it is kept in a file: what a deploy may do, and nothing else. JSON-safe; secrets are masked. */
export interface PlanFile {
  readonly version: 1;
  readonly app: string;
  readonly stage: string;
  /** ISO 8601 instant at which it was made. */
  readonly plannedAt: string;
  readonly changes: readonly Change[];
}
