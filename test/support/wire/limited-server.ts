import type { SimulatedTime } from "./simulated-time.ts";

/** A server that takes so many calls a second, and `burst` at once after a rest, on a simulated clock. */
export interface LimitedServer {
  /** Rejects with "throttled" where that is beyond the limit. */
  call(): Promise<void>;
  readonly passed: number;
  readonly refused: number;
}

/** How much it takes, and how long an answer takes there and back. */
export interface ServerLimit {
  readonly perSecond: number;
  readonly burst: number;
  readonly latencyMs: number;
}

/** Makes one. */
export function limitedServer(clock: SimulatedTime, limit: ServerLimit): LimitedServer {
  const { perSecond, burst, latencyMs } = limit;
  const counts = { passed: 0, refused: 0 };
  let tokens = burst;
  let filledAt = clock.now();
  return {
    get passed() {
      return counts.passed;
    },
    get refused() {
      return counts.refused;
    },
    call: async () => {
      await clock.sleep(latencyMs / 2);
      tokens = Math.min(burst, tokens + ((clock.now() - filledAt) * perSecond) / 1_000);
      filledAt = clock.now();
      const isPassed = tokens >= 1;
      if (isPassed) tokens -= 1;
      counts[isPassed ? "passed" : "refused"] += 1;
      await clock.sleep(latencyMs / 2);
      if (!isPassed) throw new Error("throttled");
    },
  };
}
