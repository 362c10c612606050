import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Wait, watchWaits } from "../../src/wire/waits.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const told: Wait[] = [];
beforeEach(() => void told.splice(0));
const watch = (): ReturnType<typeof watchWaits> => watchWaits((wait) => told.push(wait));

describe("a wait", () => {
  test("of less than three seconds is nothing to tell of", () => {
    const waiting = watch()("GetResource");
    vi.advanceTimersByTime(2_900);
    waiting.end();
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });

  test("of more than three seconds is told of with its reason, and again ever more seldom", () => {
    const waiting = watch()("ListResources");
    waiting.because("no answer yet");
    vi.advanceTimersByTime(3_100);
    expect(told).toEqual([{ api: "ListResources", why: "no answer yet", elapsedMs: 3_000, others: 0 }]);
    vi.advanceTimersByTime(200_000);
    expect(told.map(({ elapsedMs }) => elapsedMs / 1000)).toEqual([3, 9, 21, 45, 93, 153]);
    waiting.end();
  });

  test("of many requests is one line", () => {
    const start = watch();
    const all = Array.from({ length: 100 }, (_, i) => start(`Api${i}`));
    for (const one of all) one.because("no answer yet");
    vi.advanceTimersByTime(3_100);
    expect(told).toMatchObject([{ api: "Api0", others: 99 }]);
    for (const one of all) one.end();
  });

  test("that somebody else tells of is left to them", () => {
    const waiting = watch()("GetResource");
    waiting.because(undefined);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
    waiting.because("no answer yet");
    vi.advanceTimersByTime(10_000);
    expect(told).not.toEqual([]);
    waiting.end();
  });

  test("that begins while others come and go is told of in its own time", () => {
    const start = watch();
    const quick = start("Quick");
    vi.advanceTimersByTime(2_000);
    const slow = start("Slow");
    quick.end();
    vi.advanceTimersByTime(2_900);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(told).toMatchObject([{ api: "Slow" }]);
    slow.end();
  });
});
