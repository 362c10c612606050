import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import type { Report } from "../../src/app/report.ts";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/settings.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { memoryStore } from "../../src/state/memory.ts";
import type { Clock } from "../../src/wire/clock.ts";
import { expectExact } from "./exact.ts";
import { declaredCount, twelve } from "./twelve.ts";

type Faults = NonNullable<EmulatorOptions["faults"]>;
type Fault = NonNullable<ReturnType<Faults>>;

/** How often a call meets a fault. */
const share = 0.2;

const writes = ["CreateResource", "UpdateResource", "DeleteResource"];

const handlerCodes = [
  "Throttling",
  "ServiceInternalError",
  "NetworkFailure",
  "ResourceConflict",
  "NotStabilized",
];

const anywhere: readonly Fault[] = [
  { throttle: true },
  { dropBefore: true },
  { dropAfter: true },
  { html: 502 },
  { delayMs: 5 },
];

// A conflict that made what it complains of cannot be told from one about somebody else's resource.
const inWrites: readonly Fault[] = handlerCodes.flatMap((code) => [
  { failWith: { code } },
  ...(code === "ResourceConflict" ? [] : [{ failWith: { code, identifier: true, created: true } }]),
]);

/** How a storm ended, before the calm. */
export interface Weather {
  readonly faults: number;
  readonly converged: boolean;
}

// Budgets of minutes pass in seconds.
const speed = 50;

const fastClock: Clock = {
  now: () => Date.now() * speed,
  sleep: async (ms) => {
    await delay(ms / speed);
    return true;
  },
};

/** Deploys 20 resources while a fifth of all calls fail, then once more in calm; `seed` decides which fail. */
export async function weathered(seed: number): Promise<Weather> {
  const draw = dice(seed);
  let isCalm = false;
  let faults = 0;
  const emulator = await startEmulator({
    operationMs: 1,
    faults: ({ api }) => {
      if (isCalm || draw() >= share) return undefined;
      faults += 1;
      const possible = writes.includes(api) ? [...anywhere, ...inWrites] : anywhere;
      return possible[Math.floor(draw() * possible.length)];
    },
  });
  const store = memoryStore();
  const deploy = (): Promise<Report> =>
    runAll(
      { ...settingsOf("test", { store, endpoint: emulator.url }, {}), region: "us-east-1", clock: fastClock },
      "deploy",
      twenty,
    );
  const when = `storm ${seed}`;
  try {
    const first = await deploy();
    for (const { id, error } of first.changes)
      if (error) expect(error.message, when).toContain(JSON.stringify(id));
    if (first.ok) await expectExact({ emulator, store }, declaredCount + extra.length, when);
    isCalm = true;
    const second = await deploy();
    expect(
      second.changes.filter(({ error }) => error),
      when,
    ).toEqual([]);
    await expectExact({ emulator, store }, declaredCount + extra.length, when);
    expect((await deploy()).calls, when).toEqual({});
    return { faults, converged: first.ok };
  } finally {
    await emulator.close();
  }
}

const extra = Array.from({ length: 8 }, (_, index) => `queue-${index}`);

async function twenty(): Promise<void> {
  await Promise.all([
    twelve({ words: "old", name: "a" }),
    // Named by the server: one that is made twice is not noticed by its name.
    ...extra.map((id) => AWS.SQS.Queue(id, { DelaySeconds: 1 })),
  ]);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
