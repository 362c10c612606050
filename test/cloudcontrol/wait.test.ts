import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EndedOperation, type Progress, progressOf } from "../../src/cloudcontrol/protocol.ts";
import { type Status, type Watch, follow } from "../../src/cloudcontrol/wait.ts";
import { ResourceError } from "../../src/errors.ts";
import type { Clock } from "../../src/wire/clock.ts";
import { type FakeClock, fakeClock } from "../support/wire/fake-clock.ts";

const started = progressOf({ RequestToken: "token-1", OperationStatus: "IN_PROGRESS" });
const succeeded = { ...started, status: "succeeded", identifier: "a" } as const;

/** Answers polls of an operation that ends so long after now; `more` is told along while it runs. */
function operation(clock: FakeClock, lastsMs: number, more: Partial<Progress> = {}): () => Promise<Status> {
  const endsAt = clock.now() + lastsMs;
  return async () => ({ progress: clock.now() >= endsAt ? succeeded : { ...started, ...more }, hooks: [] });
}

const following = (
  first: Progress,
  poll: (requestToken: string) => Promise<Status>,
  ...[clock, watch]: [Clock, Watch?]
): Promise<EndedOperation> => follow(first, { poll, cancel: () => Promise.resolve() }, clock, watch);

describe("following an operation", () => {
  test("costs at most 15 % of its time, or 200 ms", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 7_200_000 }), async (lastsMs) => {
        const clock = fakeClock();
        const before = clock.now();
        const ended = await following(started, operation(clock, lastsMs), clock);
        expect(ended).toEqual({ outcome: "succeeded", identifier: "a" });
        expect(clock.now() - before - lastsMs).toBeLessThanOrEqual(Math.max(lastsMs * 0.15 + 1, 200));
      }),
    );
  });

  test("asks nothing where the first event is the last", async () => {
    const never = (): Promise<Status> => Promise.reject(new Error("polled"));
    expect(await following(succeeded, never, fakeClock())).toEqual({ outcome: "succeeded", identifier: "a" });
  });

  test("waits as AWS asks", async () => {
    const clock = fakeClock();
    const retryAt = clock.now() + 9_000;
    await following({ ...started, retryAt }, operation(clock, 5_000), clock);
    expect(clock.slept).toEqual([9_000]);
  });

  test("tells of each poll how long it has been and what AWS last said", async () => {
    const clock = fakeClock();
    const told: [number, string | undefined][] = [];
    await following(started, operation(clock, 260, { message: "still at it" }), clock, {
      onProgress: (elapsedMs, message) => told.push([elapsedMs, message]),
    });
    expect(told).toEqual([
      [0, undefined],
      [200, "still at it"],
      [230, "still at it"],
    ]);
  });

  test("ends at the time limit with a last look, naming the operation that goes on", async () => {
    const clock = fakeClock();
    const before = clock.now();
    const late = following(started, operation(clock, 1_000_000), clock, { timeoutMs: 10_000 });
    await expect(late).rejects.toMatchObject({ code: "TIMEOUT", requestToken: "token-1" });
    expect(clock.now() - before).toBe(10_000);
    const just = following(started, operation(clock, 10_000), clock, { timeoutMs: 10_000 });
    expect((await just).outcome).toBe("succeeded");
  });

  test("has a limit of 36 h of its own", async () => {
    const clock = fakeClock();
    await expect(following(started, operation(clock, 1e12), clock)).rejects.toMatchObject({
      code: "TIMEOUT",
    });
  });

  test("does not know the outcome where AWS does not know the token", async () => {
    const gone = new ResourceError("NOT_FOUND", "no such request");
    expect(await following(started, () => Promise.reject(gone), fakeClock())).toEqual({ outcome: "unknown" });
  });

  test("throws what keeps it from asking: that says nothing of the operation", async () => {
    const expired = new ResourceError("EXPIRED_CREDENTIALS", "expired");
    await expect(following(started, () => Promise.reject(expired), fakeClock())).rejects.toBe(expired);
  });

  test("a cancelled operation has failed, with what it may have made", async () => {
    const cancelled = { ...started, status: "cancelled", identifier: "a" } as const;
    const ended = await following(cancelled, operation(fakeClock(), 0), fakeClock());
    expect(ended).toMatchObject({ outcome: "failed", identifier: "a", error: { code: "CANCELLED" } });
  });
});

describe("an operation whose run is stopped", () => {
  const stopped = AbortSignal.abort();

  test("is followed for a while", async () => {
    const clock = fakeClock();
    const before = clock.now();
    const ended = following(started, operation(clock, 9_000), clock, { signal: stopped, graceMs: 10_000 });
    expect(await ended).toMatchObject({ outcome: "succeeded" });
    const late = following(started, operation(clock, 60_000), clock, { signal: stopped, graceMs: 10_000 });
    await expect(late).rejects.toMatchObject({ code: "ABORTED", requestToken: "token-1" });
    expect(clock.now() - before).toBeLessThanOrEqual(9_000 + 1_350 + 10_000);
  });

  test("is cancelled where that is asked, once, and followed to its own end", async () => {
    const clock = fakeClock();
    const cancelled: string[] = [];
    const asking = {
      poll: operation(clock, 3_000),
      cancel: async (token: string) => void cancelled.push(token),
    };
    const ended = await follow(started, asking, clock, { signal: stopped, cancels: true });
    expect(ended).toMatchObject({ outcome: "succeeded" });
    expect(cancelled).toEqual(["token-1"]);
  });
});

describe("hooks", () => {
  const failed = { ...started, status: "failed", message: "Hook failed", errorCode: "NonCompliant" } as const;
  const blocking = { HookTypeName: "Acme::Tags::Hook", HookStatus: "HOOK_COMPLETE_FAILED" } as const;

  const whatOf = async (...hooks: Status["hooks"]): Promise<string | undefined> => {
    const ended = await following(started, async () => ({ progress: failed, hooks }), fakeClock());
    return ended.outcome === "failed" ? ended.error.what : undefined;
  };

  test("tell why they blocked a request", async () => {
    expect(await whatOf({ ...blocking, HookStatusMessage: "no CostCentre tag" })).toBe(
      "Hook failed; hook Acme::Tags::Hook: no CostCentre tag [NonCompliant]",
    );
  });

  test("that only warn or went well are no reason", async () => {
    const warning = { ...blocking, FailureMode: "WARN", HookStatusMessage: "hm" } as const;
    const fine = { ...blocking, HookStatus: "HOOK_COMPLETE_SUCCEEDED", HookStatusMessage: "ok" } as const;
    expect(await whatOf(warning, fine)).toBe("Hook failed [NonCompliant]");
  });

  test("without a message are told by their status", async () => {
    expect(await whatOf(blocking)).toContain("hook Acme::Tags::Hook: HOOK_COMPLETE_FAILED");
  });
});
