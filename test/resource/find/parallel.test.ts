import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inParallel } from "../../../src/resource/find/parallel.ts";

async function* from<T>(items: readonly T[], taken: T[] = []): AsyncGenerator<T> {
  for (const item of items) {
    taken.push(item);
    yield item;
  }
}

const ticks = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
};

test("results come in the order of the items, and no more are under way than allowed", async () => {
  const law = fc.asyncProperty(
    fc.array(fc.nat(40), { maxLength: 30 }),
    fc.integer({ min: 1, max: 8 }),
    async (delays, width) => {
      let underWay = 0;
      let most = 0;
      const work = async (delay: number): Promise<number> => {
        most = Math.max(most, ++underWay);
        await ticks(delay);
        underWay -= 1;
        return delay;
      };
      const results: number[] = [];
      for await (const result of inParallel(from(delays), width, work)) results.push(result);
      expect(results).toEqual(delays);
      expect(most).toBeLessThanOrEqual(width);
      if (delays.length >= width && delays.every((delay) => delay > 20)) expect(most).toBe(width);
    },
  );
  await fc.assert(law, { numRuns: 100 });
});

test("a failure is thrown in its turn, after the results before it, and never goes unhandled", async () => {
  const results: number[] = [];
  const work = async (item: number): Promise<number> => {
    if (item >= 2) throw new Error(`no ${item}`);
    await ticks(20);
    return item;
  };
  const reading = async (): Promise<void> => {
    for await (const result of inParallel(from([0, 1, 2, 3]), 4, work)) results.push(result);
  };
  await expect(reading()).rejects.toThrow("no 2");
  expect(results).toEqual([0, 1]);
});

test("no item is taken beyond what there is room for", async () => {
  const taken: number[] = [];
  for await (const _ of inParallel(from([0, 1, 2, 3, 4, 5], taken), 3, ticks)) break;
  expect(taken).toEqual([0, 1, 2]);
});
