import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Code, ResourceError } from "../../src/errors.ts";
import { type Pause, callWithRetries } from "../../src/wire/retry.ts";
import { fakeClock } from "../support/wire/fake-clock.ts";

/** Fails with each code in turn, then answers; the last code repeats when `forever`. */
function failing(codes: readonly Code[], ending: "answers" | "forever" = "answers"): () => Promise<number> {
  let attempts = 0;
  return async () => {
    attempts += 1;
    const code = codes[attempts - 1] ?? (ending === "forever" ? codes.at(-1) : undefined);
    if (code) throw new ResourceError(code, `failure ${attempts}`);
    return attempts;
  };
}

const always = (): boolean => true;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe("retrying", () => {
  test("an answer is handed over without a pause", async () => {
    const clock = fakeClock();
    expect(await callWithRetries(failing([]), { clock })).toBe(1);
    expect(clock.slept).toEqual([]);
  });

  test("a transient failure is tried again until there is an answer", async () => {
    const clock = fakeClock();
    expect(await callWithRetries(failing(["THROTTLED", "UNAVAILABLE", "UNREACHABLE"]), { clock })).toBe(4);
    expect(clock.slept).toHaveLength(3);
  });

  test("pauses double from 200 ms up to 20 s, each between half and all of its step", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), async (failures) => {
        const clock = fakeClock();
        await callWithRetries(failing(Array<Code>(failures).fill("THROTTLED")), { clock });
        for (const [i, ms] of clock.slept.entries()) {
          const step = Math.min(20_000, 200 * 2 ** i);
          expect(ms).toBeGreaterThanOrEqual(step / 2);
          expect(ms).toBeLessThanOrEqual(step);
        }
      }),
    );
  });

  test("a transient failure is given three minutes, a busy resource five", async () => {
    const transient = fakeClock();
    await expect(callWithRetries(failing(["THROTTLED"], "forever"), { clock: transient })).rejects.toThrow(
      "THROTTLED",
    );
    expect(sum(transient.slept)).toBeGreaterThan(160_000);
    expect(sum(transient.slept)).toBeLessThanOrEqual(180_000);
    const busy = fakeClock();
    await expect(
      callWithRetries(failing(["BUSY"], "forever"), { clock: busy, when: always }),
    ).rejects.toThrow("BUSY");
    expect(sum(busy.slept)).toBeGreaterThan(290_000);
    expect(sum(busy.slept)).toBeLessThanOrEqual(300_000);
  });

  test("the budget is time: what attempts themselves take counts, what came before the first failure does not", async () => {
    const clock = fakeClock();
    let attempts = 0;
    const slow = async (): Promise<never> => {
      attempts += 1;
      clock.advance(600_000);
      throw new ResourceError("UNAVAILABLE", `failure ${attempts}`);
    };
    await expect(callWithRetries(slow, { clock })).rejects.toThrow("failure 2");
    expect(clock.slept).toHaveLength(1);
  });

  test("calls do not share a budget", async () => {
    const clock = fakeClock();
    const calls = Array.from({ length: 350 }, () =>
      callWithRetries(failing(["THROTTLED", "THROTTLED"]), { clock: { ...clock, now: () => 0 } }),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set([3]));
  });

  test.each<Code>(["ACCESS_DENIED", "INVALID_REQUEST", "NOT_FOUND", "BUSY", "LOCKED"])(
    "%s is thrown at once",
    async (code) => {
      const clock = fakeClock();
      await expect(callWithRetries(failing([code]), { clock })).rejects.toMatchObject({
        code,
        what: "failure 1",
      });
      expect(clock.slept).toEqual([]);
    },
  );

  test.each<Code>(["VALIDATION", "ALREADY_EXISTS", "ACCESS_DENIED", "LOCKED"])(
    "%s has no budget, whatever the caller says of it",
    async (code) => {
      const clock = fakeClock();
      await expect(callWithRetries(failing([code]), { clock, when: always })).rejects.toMatchObject({ code });
      expect(clock.slept).toEqual([]);
    },
  );

  test("errors that are not ours pass untouched", async () => {
    const bug = new TypeError("fetch failed");
    await expect(callWithRetries(() => Promise.reject(bug), { clock: fakeClock() })).rejects.toBe(bug);
  });

  test("each pause is told before it is slept, and counted from 1", async () => {
    const clock = fakeClock();
    const pauses: (Pause & { sleptBefore: number })[] = [];
    await callWithRetries(failing(["THROTTLED", "UNAVAILABLE"]), {
      clock,
      onPause: (pause) => pauses.push({ ...pause, sleptBefore: clock.slept.length }),
    });
    expect(pauses.map(({ attempt, sleptBefore, error }) => [attempt, sleptBefore, error.code])).toEqual([
      [1, 0, "THROTTLED"],
      [2, 1, "UNAVAILABLE"],
    ]);
    expect(pauses.map(({ waitMs }) => waitMs)).toEqual(clock.slept);
  });

  test("a signal stops the pausing: the last failure is thrown", async () => {
    const signal = AbortSignal.abort();
    const run = callWithRetries(failing(["THROTTLED"]), { clock: fakeClock(), signal });
    await expect(run).rejects.toMatchObject({ code: "THROTTLED" });
  });

  test("a signal never discards an answer that is there", async () => {
    const controller = new AbortController();
    const answered = async (): Promise<string> => {
      controller.abort();
      return "token";
    };
    expect(await callWithRetries(answered, { clock: fakeClock(), signal: controller.signal })).toBe("token");
  });
});
