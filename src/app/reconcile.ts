import { isResourceError } from "../errors.ts";
import type { Change } from "../events.ts";
import { runIn } from "../scope/ambient.ts";
import type { Scope } from "../scope/scope.ts";
import { destroyAll, finalize } from "./finalize.ts";
import { scopeOf } from "./session.ts";
import { type RunOptions, settingsOf } from "./settings.ts";

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

/** See reconcile(). */
export interface ReconcileOptions extends RunOptions {
  /** `deploy` makes what the program declares and deletes what it no longer does; `destroy` deletes all. Default `deploy`. */
  readonly phase?: "deploy" | "destroy" | undefined;
}

/**
 * Runs a program that declares resources, deletes what it no longer declares, and tells what happened. Never prints
 * and never exits. Resolves with `ok: false` when resources failed; rejects only when the run could not start
 * (`LOCKED`, `STATE_UNWRITABLE`, …) or the program threw something of its own.
 * @example
 * const report = await reconcile("api", async () => {
 *   await AWS.ApiGatewayV2.Api("api", { Name: "chat", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" });
 * });
 */
export async function reconcile(
  name: string,
  program: () => Promise<unknown>,
  options: ReconcileOptions = {},
): Promise<Report> {
  const phase = options.phase ?? "deploy";
  const calls: Record<string, number> = {};
  const settings = settingsOf(name, options, process.env, process.argv[1]);
  const scope = scopeOf(
    {
      ...settings,
      listener: (event) => {
        if (event.name === "call") calls[event.api] = (calls[event.api] ?? 0) + 1;
        settings.listener(event);
      },
    },
    { finalizes: true, reports: true },
  );
  const startedAt = scope.now();
  try {
    await scope.hold(() => (phase === "destroy" ? destroyAll(scope) : deploy(scope, program)));
  } finally {
    await scope.release();
  }
  const { app, stage, changes } = scope;
  const ok = changes.every((change) => !change.error);
  return { app, stage, phase, ok, changes, calls, durationMs: scope.now() - startedAt };
}

async function deploy(scope: Scope, program: () => Promise<unknown>): Promise<void> {
  try {
    await runIn(scope, program);
  } catch (error) {
    await Promise.all(scope.pending);
    if (!isReported(scope, error)) throw error;
  }
  await finalize(scope);
}

/** A resource's own failure stands in the report; anything else is the program's. */
function isReported(scope: Scope, error: unknown): boolean {
  return isResourceError(error) && scope.changes.some((change) => change.error?.message === error.message);
}
