import { runAll } from "../../../src/app/run.ts";
import { settingsOf } from "../../../src/app/options/settings.ts";
import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import type { Event, Report } from "../../../src/events.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { plainFacts } from "../plain-facts.ts";
import { simulatedTime } from "../wire/simulated-time.ts";
import { type Stack, secondsOf } from "./stacks.ts";

/** What deploys of a stack took. */
export interface Makespan {
  /** Seconds of simulated time: the first, and one after a destroy, when its store knows how long each type takes. */
  readonly first: number;
  readonly second: number;
  /** Calls of the second, a resource. */
  readonly calls: number;
}

/** Deploys a stack twice, through the real client and over HTTP, on a clock that moves only while everybody waits. */
export async function measureMakespan(stack: Stack): Promise<Makespan> {
  const clock = simulatedTime();
  const typeOf = (type: string): string => `Bench::${type}`;
  const types = Object.keys(secondsOf).map(typeOf);
  const emulator = await startEmulator({
    now: () => clock.now(),
    operationMs: (_, type) => 1_000 * (secondsOf[type.slice("Bench::".length)] ?? 0),
    facts: (type) => (types.includes(type) ? plainFacts(type) : undefined),
  });
  const answered: (() => void)[] = [];
  // What is loaded before the first call takes time of the machine's, in which the clock must not go on.
  let load: (() => void) | undefined;
  const onEvent = (event: Event): void => {
    if (event.name === "call") {
      answered.push(clock.begin());
      load?.();
      load = undefined;
    }
    if (event.name === "request") answered.pop()?.();
  };
  const store = memoryStore();
  const run = async (phase: "deploy" | "destroy"): Promise<Report> => {
    const settings = settingsOf("bench", { store, endpoint: emulator.url, region: "us-east-1", onEvent }, {});
    const ready = { ...settings, clock, traces: new Set(["request"] as const), listener: onEvent };
    const program = (): Promise<unknown> => declareAll(stack, typeOf);
    load = clock.begin();
    const report = await clock.run(runAll(ready, { phase }, program));
    const failed = report.changes.find(({ error }) => error);
    if (failed) throw new Error(JSON.stringify(failed));
    return report;
  };
  try {
    const first = await run("deploy");
    await run("destroy");
    const second = await run("deploy");
    const calls = Object.values(second.calls).reduce((sum, count) => sum + count, 0);
    return { first: first.durationMs / 1000, second: second.durationMs / 1000, calls: calls / stack.length };
  } finally {
    await emulator.close();
  }
}

/** As a script does: each is awaited by what stands upon it. */
async function declareAll(stack: Stack, typeOf: (type: string) => string): Promise<void> {
  const made = new Map<string, Promise<unknown>>();
  for (const { id, type, needs } of stack) {
    const make = async (): Promise<unknown> => {
      await Promise.all(needs.flatMap((need) => made.get(need) ?? []));
      return CloudControlResource(id, {
        TypeName: typeOf(type),
        DesiredState: { Name: id },
        dependsOn: needs,
      });
    };
    made.set(id, make());
  }
  await Promise.all(made.values());
}
