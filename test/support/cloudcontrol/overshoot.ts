import { remember } from "../../../src/cloudcontrol/durations.ts";
import { keepTiming } from "../../../src/cloudcontrol/timing.ts";
import { simulatedTime } from "../wire/simulated-time.ts";
import { type SimulatedService, simulatedRequests } from "./simulated-requests.ts";

/** How much too late ends were noticed, as shares of how long operations took, and what that cost. */
export interface Overshoot {
  readonly median: number;
  readonly p95: number;
  /** Calls a resource: create, polls, lists of requests, read. */
  readonly calls: number;
}

/** Operations as their types have them: so many types, each with a usual duration between 0.2 and 60 s. */
export interface Load {
  readonly types: number;
  readonly operations: number;
  /** How much operations of one type differ: each takes the usual time, more or less up to such a share of it. */
  readonly spread: number;
  /** What earlier runs have seen of each type. */
  readonly history: number;
}

/** Numbers between 0 and 1 that are the same each time. */
export function drawing(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Follows operations one after the other, type by type. */
export async function overshootOf({ types, operations, spread, history }: Load): Promise<Overshoot> {
  const draw = drawing();
  const clock = simulatedTime();
  const shares: number[] = [];
  let calls = 0;
  const lasting = (usual: number): number => usual * (1 + spread * (2 * draw() - 1));
  const oneType = async (): Promise<void> => {
    const usual = 200 * 300 ** draw();
    let timing = keepTiming();
    for (let i = 0; i < history; i += 1) {
      await simulatedRequests(clock, { timing }).follow(lasting(usual));
      timing = keepTiming(new Map([...timing.all].map(([work, known]) => [work, remember(known)])));
    }
    for (let i = 0; i < operations; i += 1) {
      // Each one by what was known before: they are no history of each other.
      const known = keepTiming(timing.all);
      const requests = simulatedRequests(clock, { timing: known });
      shares.push((await requests.follow(lasting(usual))).share);
      calls += Object.values(requests.calls).reduce((sum, n) => sum + n, 0);
    }
  };
  const allTypes = async (): Promise<void> => {
    for (let i = 0; i < types; i += 1) await oneType();
  };
  await clock.run(allTypes());
  return { ...quantilesOf(shares), calls: calls / shares.length };
}

/** A run of many at once: how many, how far apart they begin, how long they take, in ms. */
export interface Mass {
  readonly count: number;
  readonly apartMs: number;
  readonly lastsMs: number;
  readonly service?: SimulatedService;
}

/** Follows many operations side by side. */
export async function massOf({ count, apartMs, lastsMs, service }: Mass): Promise<Overshoot> {
  const clock = simulatedTime();
  const requests = simulatedRequests(clock, service);
  const all = Array.from({ length: count }, async (_, i) => {
    await clock.sleep(i * apartMs);
    return (await requests.follow(lastsMs)).share;
  });
  const shares = await clock.run(Promise.all(all));
  const calls = Object.values(requests.calls).reduce((sum, n) => sum + n, 0);
  return { ...quantilesOf(shares), calls: calls / count };
}

function quantilesOf(shares: readonly number[]): Pick<Overshoot, "median" | "p95"> {
  const sorted = shares.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}
