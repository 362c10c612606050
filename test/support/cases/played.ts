import { onTestFinished } from "vitest";
import type { Report } from "../../../src/events.ts";
import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Entry } from "../../../src/entry.ts";
import { isResourceError } from "../../../src/errors.ts";
import type { Props } from "../../../src/json.ts";
import { bundledFacts } from "../../../src/schema/bundled.ts";
import type { Facts } from "../../../src/schema/facts.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { fakeClock } from "../wire/fake-clock.ts";

/** The type of every case that names none. */
export const thing = "Case::Life::Thing";

/** A cloud that knows the type of a case, with runs against it on a clock that sleeping moves. */
export interface Stage {
  readonly emulator: Emulator;
  /** Declares the one resource, or, where nothing is desired, deletes it. */
  readonly run: (desired: Props | null, options?: object) => Promise<Report>;
  /** The Cloud Control calls of the last run, and the reads of API Gateway. */
  readonly calls: () => readonly { readonly api: string; readonly body: Props; readonly at: number }[];
  readonly entry: () => Promise<Entry | undefined>;
}

/** Opens a stage for one test; the user names the resource where `facts` say nothing else. */
export async function openStage(facts: Facts, options: EmulatorOptions = {}): Promise<Stage> {
  const clock = fakeClock();
  const type = facts.type ?? thing;
  const ours: Facts = { primaryIdentifier: ["/Name"], ...facts, type };
  const emulator = await startEmulator({
    operationMs: 1,
    now: () => clock.now(),
    facts: (name) => (name === thing ? ours : bundledFacts(name)),
    ...options,
  });
  onTestFinished(() => emulator.close());
  const store = memoryStore();
  const settings = {
    ...settingsOf("test", { store, endpoint: emulator.url }, {}),
    region: "us-east-1",
    clock,
  };
  let before = 0;
  return {
    emulator,
    run: (desired, more = {}) => {
      before = emulator.calls.length;
      const declare = (DesiredState: Props) =>
        CloudControlResource("it", { TypeName: type, DesiredState, ...more });
      return runAll(settings, { phase: "deploy" }, async () => desired && (await declare(desired)));
    },
    calls: () =>
      emulator.calls
        .slice(before)
        .filter(({ api }) => !api.startsWith("cloudformation:") && api !== "CancelResourceRequest")
        .map((call) => ({ ...call, body: call.body as Props })),
    entry: async () => {
      const entry = (await (await store.open("test", "dev")).entries()).get("it");
      if (isResourceError(entry)) throw entry;
      return entry;
    },
  };
}
