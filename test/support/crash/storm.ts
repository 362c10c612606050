import { expect } from "vitest";
import type { Report } from "../../../src/events.ts";
import { AWS } from "../../../src/aws/namespace.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { badLuck, dice } from "./bad-luck.ts";
import { expectExact } from "./exact.ts";
import { runFast, staleReadMs } from "./fast-run.ts";
import { declaredCount, twelve } from "./twelve.ts";

/** How a storm ended, before the calm. */
export interface Weather {
  readonly faults: number;
  readonly converged: boolean;
}

/** Deploys 20 resources while a fifth of all calls fail, then once more in calm; `seed` decides which fail. */
export async function weathered(seed: number): Promise<Weather> {
  const strike = badLuck(dice(seed));
  let isCalm = false;
  let faults = 0;
  const emulator = await startEmulator({
    operationMs: 1,
    staleReadMs,
    faults: (call) => {
      const fault = isCalm ? undefined : strike(call);
      if (fault) faults += 1;
      return fault;
    },
  });
  const store = memoryStore();
  const deploy = (): Promise<Report> => runFast("deploy", twenty, { store, endpoint: emulator.url });
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
