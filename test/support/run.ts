import { onTestFinished } from "vitest";
import { type ReconcileOptions, reconcile } from "../../src/app/reconcile.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import type { Change, Event, Report } from "../../src/events.ts";
import type { StateStore } from "../../src/state/store.ts";
import { memoryStore } from "../../src/state/memory.ts";

type Program = () => Promise<unknown>;

/** An emulated cloud and a store, with runs against both. */
export interface Cloud {
  readonly emulator: Emulator;
  readonly store: StateStore;
  /** Every event of every run so far. */
  readonly events: Event[];
  /** Runs a program; `calls` in the report are those of this run alone. */
  readonly deploy: (program: Program, options?: ReconcileOptions) => Promise<Report>;
  readonly destroy: (options?: ReconcileOptions) => Promise<Report>;
}

/** Starts a cloud for one test and ends it with the test. Operations take 1 ms unless told. */
export async function cloud(
  options: EmulatorOptions = {},
  store: StateStore = memoryStore(),
): Promise<Cloud> {
  const emulator = await startEmulator({ operationMs: 1, ...options });
  onTestFinished(() => emulator.close());
  return cloudAt(emulator, store);
}

/** The same for an emulator that somebody else starts and ends. */
export function cloudAt(emulator: Emulator, store: StateStore = memoryStore()): Cloud {
  const events: Event[] = [];
  const run = (program: Program, more: ReconcileOptions): Promise<Report> =>
    reconcile("test", program, {
      store,
      endpoint: emulator.url,
      onEvent: (event) => events.push(event),
      ...more,
    });
  return {
    emulator,
    store,
    events,
    deploy: (program, more = {}) => run(program, more),
    destroy: (more = {}) => run(() => Promise.resolve(), { ...more, phase: "destroy" }),
  };
}

/** The one change of a report with this id. */
export function changeOf(report: Report, id: string): Change {
  const found = report.changes.filter((change) => change.id === id);
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} changes of ${id}: ${JSON.stringify(report.changes)}`);
  return found[0];
}

/** What a report says of every resource, as `id: move` lines. */
export const movesOf = (report: Report): string[] =>
  report.changes.map(({ id, move, error }) => `${id}: ${error?.code ?? move}`);
