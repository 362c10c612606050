import { expect, test, vi } from "vitest";
import { systemClock } from "../../src/wire/clock.ts";

test("sleeping lasts as long as asked and says that it was whole", async () => {
  const before = systemClock.now();
  expect(await systemClock.sleep(20)).toBe(true);
  expect(systemClock.now() - before).toBeGreaterThanOrEqual(19);
});

test("a signal ends a sleep at once, also one given beforehand, and leaves nothing behind", async () => {
  const controller = new AbortController();
  const sleep = systemClock.sleep(60_000, controller.signal);
  controller.abort();
  expect(await sleep).toBe(false);
  expect(await systemClock.sleep(60_000, controller.signal)).toBe(false);
});

test.each([2 ** 31, 2 ** 32, 1e12, Number.MAX_SAFE_INTEGER, Infinity])(
  "a sleep of %d ms, more than a timer holds, does not end at once",
  async (ms) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect(await systemClock.sleep(ms, stop.signal)).toBe(false);
  },
);

test("a sleep of more than a timer holds ends when it is over", async () => {
  vi.useFakeTimers();
  const over = vi.fn<() => void>();
  void systemClock.sleep(2 ** 31 + 5_000).then(over);
  await vi.advanceTimersByTimeAsync(2 ** 31 + 4_000);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(over).toHaveBeenCalledWith(true);
  vi.useRealTimers();
});
