import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import type { RunOptions } from "../../../src/app/options/run-options.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";
import type { Event, Report } from "../../../src/events.ts";
import { type SimulatedTime, simulatedTime } from "../wire/simulated-time.ts";

/** What a run of many creates took, on the emulator's clock, which is the run's. */
export interface SimulatedRun {
  readonly report: Report;
  readonly seconds: number;
  /** Every call that arrived, by API. */
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
}

/** How many queues to create, and how the service behaves. */
export interface SimulatedCreates {
  readonly count: number;
  readonly emulator: Omit<EmulatorOptions, "now">;
  readonly run?: RunOptions;
  /** Creates the same again in stages of their own, one run after the other. */
  readonly runs?: number;
}

/** Creates queues over HTTP on a clock that moves only while no request is under way. */
export async function createSimulated(asked: SimulatedCreates): Promise<readonly SimulatedRun[]> {
  const clock = simulatedTime();
  const emulator = await startEmulator({ ...asked.emulator, now: () => clock.now() });
  const done: SimulatedRun[] = [];
  try {
    for (let nth = 0; nth < (asked.runs ?? 1); nth += 1) {
      const [before, startedAt] = [emulator.calls.length, clock.now()];
      let throttled = 0;
      const told = (event: Event): void => {
        if (event.name === "request" && event.code === "THROTTLED") throttled += 1;
      };
      const report = await clock.run(
        runOn(clock, { ...asked, url: emulator.url, stage: `stage-${nth}`, told }),
      );
      const calls: Record<string, number> = {};
      for (const { api } of emulator.calls.slice(before)) calls[api] = (calls[api] ?? 0) + 1;
      done.push({ report, seconds: (clock.now() - startedAt) / 1_000, calls, throttled });
    }
    return done;
  } finally {
    await emulator.close();
  }
}

interface StagedRun extends SimulatedCreates {
  readonly url: string;
  readonly stage: string;
  readonly told: (event: Event) => void;
}

function runOn(clock: SimulatedTime, { count, run, url, stage, told }: StagedRun): Promise<Report> {
  const ends: (() => void)[] = [];
  const onEvent = (event: Event): void => {
    if (event.name === "call") ends.push(clock.begin());
    if (event.name === "request") ends.pop()?.();
    told(event);
  };
  const options = { ...run, endpoint: url, region: "us-east-1", stage, onEvent, schemas: "bundled" } as const;
  const settings = { ...settingsOf("simulated", options, {}), clock, traces: new Set(["request"] as const) };
  return runAll(settings, { phase: "deploy" }, async () => {
    const names = Array.from({ length: count }, (_, i) => `${stage}-${i}`);
    await Promise.all(names.map((name) => AWS.SQS.Queue(name, { QueueName: name })));
  });
}
