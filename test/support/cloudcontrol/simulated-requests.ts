import { type Progress, progressOf } from "../../../src/cloudcontrol/protocol.ts";
import { type PollerSource, makePoller } from "../../../src/cloudcontrol/poller.ts";
import { type Timing, keepTiming } from "../../../src/cloudcontrol/timing.ts";
import { type Status, type StatusReader, follow } from "../../../src/cloudcontrol/wait.ts";
import type { SimulatedTime } from "../wire/simulated-time.ts";

/** Requests of a service that only simulates them, and the calls that they cost. */
export interface SimulatedRequests {
  readonly calls: { create: number; poll: number; list: number; read: number };
  /** Begins an operation that takes so long, follows it to its end, and tells by how much that was noticed too late. */
  follow(lastsMs: number, work?: string): Promise<{ readonly lateMs: number; readonly share: number }>;
}

/** How the service behaves. */
export interface SimulatedService {
  /** ms that a call takes, there and back. */
  readonly latencyMs?: number;
  /** ms for which a list shows neither what is new nor that something has ended; Infinity for a list that shows nothing. */
  readonly lagMs?: number;
  /** So many calls of each kind go out at a time. */
  readonly atATime?: number;
  /** What the poller may know beside. */
  readonly more?: Partial<PollerSource<Status>>;
  readonly timing?: Timing;
}

interface Operation {
  readonly token: string;
  readonly work: string;
  readonly begunAt: number;
  readonly endsAt: number;
}

/** Makes one on a simulated clock. */
export function simulatedRequests(clock: SimulatedTime, service: SimulatedService = {}): SimulatedRequests {
  const { latencyMs = 0, lagMs = 0, timing = keepTiming() } = service;
  const operations = new Map<string, Operation>();
  const calls = { create: 0, poll: 0, list: 0, read: 0 };
  const call = async <T>(kind: keyof typeof calls, answer: () => T): Promise<T> => {
    calls[kind] += 1;
    await clock.sleep(latencyMs / 2);
    const said = answer();
    await clock.sleep(latencyMs / 2);
    return said;
  };
  const eventOf = ({ token, work }: Operation, OperationStatus: "IN_PROGRESS" | "SUCCESS"): Progress => {
    const [Operation, TypeName] = work.split(" ");
    return progressOf({ RequestToken: token, OperationStatus, Operation: Operation as "CREATE", TypeName });
  };
  const poll: StatusReader["poll"] = (token) =>
    call("poll", () => {
      const operation = operations.get(token);
      if (!operation) throw new Error(`nobody knows ${token}`);
      const status = clock.now() >= operation.endsAt ? "SUCCESS" : "IN_PROGRESS";
      return { progress: eventOf(operation, status), hooks: [] };
    });
  const list: PollerSource<Status>["list"] = (token) =>
    call("list", () => {
      const at = clock.now() - lagMs;
      const running = [...operations.values()].filter(({ begunAt, endsAt }) => begunAt <= at && at < endsAt);
      const from = Number(token ?? 0);
      const items = running.slice(from, from + 100).map((operation) => eventOf(operation, "IN_PROGRESS"));
      return { items, next: from + 100 < running.length ? String(from + 100) : undefined };
    });
  const poller = makePoller<Status>({ clock, poll, list, perSecond: () => undefined, ...service.more });
  const reader: StatusReader = { poll, cancel: () => Promise.resolve(), poller, timing };
  return {
    calls,
    follow: async (lastsMs, work = "CREATE AWS::Demo::Named") => {
      const token = `token-${operations.size}`;
      const begin = (): Progress => {
        const operation = { token, work, begunAt: clock.now(), endsAt: clock.now() + lastsMs };
        operations.set(token, operation);
        return eventOf(operation, "IN_PROGRESS");
      };
      const first = await call("create", begin);
      await follow(first, reader, clock);
      const lateMs = clock.now() - (operations.get(token)?.endsAt ?? 0);
      await call("read", () => undefined);
      return { lateMs, share: lateMs / lastsMs };
    },
  };
}
