import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePace } from "../../src/wire/pace.ts";
import { makeRate } from "../../src/wire/rate.ts";
import { type ServerLimit, limitedServer } from "../support/wire/limited-server.ts";
import { simulatedTime } from "../support/wire/simulated-time.ts";

/** Many resources of three calls each, the second after an operation, tried until they go through. */
async function createMany(limit: ServerLimit, count: number, known?: number) {
  const clock = simulatedTime();
  const server = limitedServer(clock, limit);
  const rate = makeRate(known);
  const pace = makePace(100, 1, { clock, rate });
  const call = async (lane: string): Promise<void> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await pace.run(
          () => server.call(),
          () => true,
          undefined,
          { lane, isAgain: tries > 0 },
        );
      } catch {
        await clock.sleep(150 * 2 ** Math.min(tries, 7));
      }
    }
  };
  const one = async (): Promise<void> => {
    await call("write");
    await clock.sleep(300);
    await call("settle");
    await call("settle");
  };
  const startedAt = clock.now();
  await clock.run(Promise.all(Array.from({ length: count }, one)));
  const floorMs = ((3 * count - limit.burst) * 1_000) / limit.perSecond;
  return { ratio: (clock.now() - startedAt) / floorMs, refused: server.refused, calls: 3 * count, rate };
}

describe("a rate that nobody tells", () => {
  test.each<[number, number, number, number]>([
    [25, 25, 20, 300],
    [25, 25, 200, 300],
    [25, 100, 20, 300],
    [25, 1, 20, 300],
    [10, 10, 20, 131],
    [100, 100, 20, 500],
    [2, 2, 20, 40],
  ])(
    "%d a second and %d at once, %d ms a call: is used to the full, and few are refused",
    async (perSecond, burst, latencyMs, count) => {
      const { ratio, refused, calls } = await createMany({ perSecond, burst, latencyMs }, count);
      expect(ratio).toBeLessThanOrEqual(1.2);
      expect(refused).toBeLessThanOrEqual(Math.max(60, calls * 0.25));
    },
  );

  test("is kept to from the start where an earlier run has learned it", async () => {
    const limit = { perSecond: 25, burst: 25, latencyMs: 20 };
    const first = await createMany(limit, 100);
    const second = await createMany(limit, 100, first.rate.perSecond);
    expect(second.refused).toBeLessThan(first.refused / 2);
    expect(second.ratio).toBeLessThanOrEqual(1.2);
  });

  test("is none at all as long as nothing is refused", async () => {
    const { rate, refused } = await createMany({ perSecond: 1e6, burst: 1e6, latencyMs: 20 }, 100);
    expect([rate.perSecond, rate.changes, refused]).toEqual([Infinity, 0, 0]);
  });

  test("grows again once the limit is gone", async () => {
    const { ratio } = await createMany({ perSecond: 200, burst: 200, latencyMs: 20 }, 1_000, 5);
    expect(ratio).toBeLessThanOrEqual(3.5);
  });

  test("lets nobody starve: lanes take turns, and who was turned away goes first in his", async () => {
    const clock = simulatedTime();
    const rate = makeRate(10);
    const pace = makePace(100, 1, { clock, rate });
    const order: string[] = [];
    const run = (lane: string, name: string, isAgain = false): Promise<void> =>
      pace.run(
        async () => void order.push(name),
        () => false,
        undefined,
        { lane, isAgain },
      );
    const creates = Array.from({ length: 8 }, (_, i) => run("write", `w${i}`));
    const others = [
      run("settle", "p0"),
      run("settle", "p1"),
      run("read", "r0"),
      run("write", "w-again", true),
    ];
    await clock.run(Promise.all([...creates, ...others]));
    expect(order.slice(0, 6)).toEqual(["w0", "w-again", "p0", "r0", "w1", "p1"]);
    expect(order).toHaveLength(12);
  });

  test("holds nobody back whose signal aborts: the work finds out by itself", async () => {
    const clock = simulatedTime();
    const pace = makePace(100, 1, { clock, rate: makeRate(1) });
    const stop = new AbortController();
    const work = Array.from({ length: 50 }, (_, i) =>
      pace.run(
        async () => i,
        () => false,
        undefined,
        { signal: stop.signal },
      ),
    );
    stop.abort();
    const before = clock.now();
    expect(await clock.run(Promise.all(work))).toHaveLength(50);
    expect(clock.now() - before).toBeLessThanOrEqual(1_000);
  });

  test("is a number although a pause ends before anything was refused", () => {
    const rate = makeRate();
    rate.endWait(1_000);
    rate.endWait(1_000);
    rate.refuse(1_000, 1_000);
    expect(Number.isFinite(rate.waitMs(1_000))).toBe(true);
  });

  test("is never nothing nor broken, whatever comes in whatever order, also when the clock goes back", () => {
    const step = fc.tuple(
      fc.constantFrom("take", "accept", "refuse", "wait", "end"),
      fc.integer({ min: -2_000, max: 5_000 }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 200 }),
        fc.option(fc.double({ min: 0, max: 1e4, noNaN: true })),
        (steps, known) => {
          const rate = makeRate(known ?? undefined);
          let now = 1_000_000;
          for (const [what, ms] of steps) {
            now += ms;
            if (what === "take") rate.take(now);
            else if (what === "accept") rate.accept(now);
            else if (what === "refuse") rate.refuse(now, now);
            else if (what === "wait") expect(rate.waitMs(now)).toBeGreaterThanOrEqual(0);
            else rate.endWait(now);
            expect(rate.perSecond).toBeGreaterThanOrEqual(0.5);
            expect(Number.isFinite(rate.waitMs(now))).toBe(true);
          }
        },
      ),
    );
  });
});
