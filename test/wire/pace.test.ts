import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Pace, makePace } from "../../src/wire/pace.ts";

const throttled = (error: unknown): boolean => error === "throttled";

/** A request that ends when told to. */
function request(): { run: () => Promise<string>; started: () => boolean; end: (failure?: string) => void } {
  let started = false;
  let settle: (failure?: string) => void = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    settle = (failure) => (failure === undefined ? resolve("done") : reject(failure));
  });
  const run = (): Promise<string> => {
    started = true;
    return done;
  };
  return { run, started: () => started, end: (failure) => settle(failure) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const ask = (room: Pace, one: { run: () => Promise<string> }): Promise<string> =>
  room.run(one.run, throttled).catch(String);

/** Ends `count` requests one after another, all of them throttled or all answered. */
async function after(room: Pace, count: number, failure?: string): Promise<number> {
  for (let i = 0; i < count; i += 1) {
    const one = request();
    one.end(failure);
    await ask(room, one);
  }
  return room.width;
}

describe("the pace", () => {
  test("keeps to its limit, answers everything and starts in the order of asking", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.constantFrom("answered", "throttled", "failed"), { maxLength: 30 }),
        fc.scheduler(),
        async (limit, fates, scheduler) => {
          const room = makePace(limit);
          const order: number[] = [];
          let inFlight = 0;
          let most = 0;
          const runs = fates.map((fate, i) =>
            room
              .run(async () => {
                order.push(i);
                inFlight += 1;
                most = Math.max(most, inFlight);
                await scheduler.schedule(Promise.resolve());
                inFlight -= 1;
                if (fate !== "answered") throw fate;
                return fate;
              }, throttled)
              .catch(String),
          );
          await scheduler.waitFor(Promise.all(runs));
          expect(await Promise.all(runs)).toEqual(fates);
          expect(most).toBeLessThanOrEqual(limit);
          expect(order).toEqual(fates.map((_, i) => i));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("halves on a throttle, down to one and never to none", async () => {
    const room = makePace(100);
    expect(await after(room, 1, "throttled")).toBe(50);
    expect(await after(room, 1, "throttled")).toBe(25);
    expect(await after(room, 20, "throttled")).toBe(1);
    expect(await after(room, 1)).toBeGreaterThanOrEqual(1);
  });

  test("counts the throttles of one burst once", async () => {
    const room = makePace(64);
    const burst = Array.from({ length: 64 }, request);
    const asked = burst.map((one) => ask(room, one));
    await turn();
    for (const one of burst) one.end("throttled");
    await Promise.all(asked);
    expect(room.width).toBe(32);
  });

  test("grows back by about one for every width of answers, never beyond its limit", async () => {
    const room = makePace(16);
    await after(room, 1, "throttled");
    expect(await after(room, 9)).toBe(9);
    expect(await after(room, 200)).toBe(16);
  });

  test("grows more slowly the calmer it has to be", async () => {
    const room = makePace(16, 20);
    await after(room, 1, "throttled");
    expect(await after(room, 100)).toBe(8);
    expect(await after(room, 80)).toBe(9);
  });

  test("narrows as well on an answer that is a refusal, and gives it back", async () => {
    const room = makePace(16);
    const isCrowded = (answer: string): boolean => answer === "refused";
    expect(await room.run(() => Promise.resolve("refused"), throttled, isCrowded)).toBe("refused");
    expect(room.width).toBe(8);
    expect(await room.run(() => Promise.resolve("done"), throttled, isCrowded)).toBe("done");
    expect(room.width).toBe(8);
  });

  test("other failures leave it as it is", async () => {
    expect(await after(makePace(8), 5, "broken")).toBe(8);
  });

  test("a narrower pace holds back what has not started until enough has ended", async () => {
    const room = makePace(2);
    const [a, b, c] = [request(), request(), request()];
    const asked = [a, b, c].map((one) => ask(room, one));
    await turn();
    expect([a, b, c].map((one) => one.started())).toEqual([true, true, false]);
    a.end("throttled");
    await turn();
    expect(c.started()).toBe(false);
    b.end();
    await turn();
    expect(c.started()).toBe(true);
    c.end();
    expect(await Promise.all(asked)).toEqual(["throttled", "done", "done"]);
  });

  test.each([0, -1, 0.5])("a limit of %d still lets one at a time through", async (limit) => {
    expect(await after(makePace(limit), 3)).toBe(1);
  });

  test("a request that throws at once gives its place back", async () => {
    const room = makePace(1);
    const broken = room.run(() => {
      throw new TypeError("at once");
    }, throttled);
    await expect(broken).rejects.toThrow("at once");
    expect(await after(room, 1)).toBe(1);
  });
});
