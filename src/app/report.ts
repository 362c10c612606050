import type { Change } from "../events.ts";

/** How a run ended. JSON-safe; secrets are masked. */
export interface Report {
  readonly app: string;
  readonly stage: string;
  readonly phase: "deploy" | "destroy";
  /** Whether every change succeeded. */
  readonly ok: boolean;
  readonly changes: readonly Change[];
  /** How many requests were sent, by API, e.g. `{ GetResource: 2 }`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly durationMs: number;
}
