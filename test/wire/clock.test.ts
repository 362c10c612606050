import { expect, test } from "vitest";
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
