import { expect, test } from "vitest";
import { type Outcome, simulateMachines } from "../../support/state/two-machines.ts";

// `npm run sweep:s3` asks for 200.
const seeds = Number(process.env["AWAIT_AWS_INTERLEAVINGS"] ?? 20);

test(
  `machines that share a stage lose nothing and count nothing twice, in ${seeds} interleavings`,
  { timeout: 30_000 + seeds * 3_000 },
  async () => {
    let [takenOver, locked] = [0, 0];
    for (let seed = 1; seed <= seeds; seed++) {
      const outcome = await simulateMachines(seed, seed % 4 === 0 ? 3 : 2);
      expectExact(outcome, seed);
      takenOver += outcome.takenOver;
      locked += outcome.locked;
    }
    expect(takenOver).toBeGreaterThan(seeds / 4);
    expect(locked).toBeGreaterThan(seeds / 4);
  },
);

function expectExact({ promised, kept, begun, ids, counter, strays }: Outcome, seed: number): void {
  expect(new Set(promised).size, `seed ${seed}: nothing is counted twice`).toBe(promised.length);
  expect(Math.max(0, ...promised), `seed ${seed}: no count is lost`).toBeLessThanOrEqual(counter);
  expect(
    [...kept].filter((id) => !ids.has(id)),
    `seed ${seed}: no write is lost`,
  ).toEqual([]);
  expect(
    [...ids].filter((id) => !begun.has(id)),
    `seed ${seed}: nothing is there of itself`,
  ).toEqual([]);
  expect(strays, `seed ${seed}: nobody sends whose stage is another's`).toBe(0);
}
