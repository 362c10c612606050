import { onTestFinished } from "vitest";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { runAll } from "../../../src/app/run.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Event, Report } from "../../../src/events.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { plainFacts } from "../plain-facts.ts";
import { simulatedTime } from "../wire/simulated-time.ts";

/** Runs on a clock that moves only while everybody waits: how long each operation takes is known to the second. */
export interface TimedCloud {
  readonly run: (phase: "deploy" | "destroy", program: () => Promise<unknown>) => Promise<Report>;
  /** Declares a resource whose operations take so many seconds. */
  readonly make: (id: string, seconds: number, dependsOn?: readonly string[]) => Promise<unknown>;
  /** Every event so far. */
  readonly events: readonly Event[];
}

const prefix = "Timed::Takes::S";

/** Starts one for one test, through the real client and over HTTP. */
export async function timedCloud(options: EmulatorOptions = {}): Promise<TimedCloud> {
  const clock = simulatedTime();
  const emulator = await startEmulator({
    now: () => clock.now(),
    operationMs: (_, type) => 1_000 * Number(type.slice(prefix.length)),
    facts: (type) => (type.startsWith(prefix) ? plainFacts(type) : undefined),
    ...options,
  });
  onTestFinished(() => emulator.close());
  const events: Event[] = [];
  const answered: (() => void)[] = [];
  const listener = (event: Event): void => {
    events.push(event);
    if (event.name === "call") answered.push(clock.begin());
    if (event.name === "request") answered.pop()?.();
  };
  const store = memoryStore();
  return {
    events,
    make: (id, seconds, dependsOn = []) =>
      CloudControlResource(id, { TypeName: `${prefix}${seconds}`, DesiredState: { Name: id }, dependsOn }),
    run: async (phase, program) => {
      const told = settingsOf("timed", { store, endpoint: emulator.url, region: "us-east-1" }, {});
      const settings = { ...told, clock, listener, traces: new Set(["request"] as const) };
      return clock.run(runAll(settings, { phase }, program));
    },
  };
}
