import { isResourceError } from "../errors.ts";
import type { Clock } from "./clock.ts";
import { failureOf } from "./failure.ts";
import { type Pace, pace } from "./pace.ts";
import { type Pause, retrying } from "./retry.ts";

/** Where and as whom AWS clients call. */
export interface Where {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** What every client of a run shares. */
export interface Wire {
  readonly clock: Clock;
  /** HTTP requests in flight at a time, per client. */
  readonly concurrency: number;
  /** Told of every request about to be sent, by API name such as `GetResource`. */
  readonly onCall?: (api: string) => void;
  /** Stops the run: pauses between tries end with it. */
  readonly signal?: AbortSignal | undefined;
}

/** One configured way to an API: paced, retried, its failures read. */
export interface Line {
  /** Sends one request until it is answered or the failure is not worth another try. */
  readonly send: Send;
  /** The same for what settles work under way, which a stopped run still waits for. */
  readonly settle: Send;
}

type Send = <T>(api: string, request: () => Promise<T>, onPause?: (pause: Pause) => void) => Promise<T>;

/** Milliseconds after which a connection or an answer is given up; the SDK itself sets no limit. */
const connectionTimeout = 5_000;
const requestTimeout = 30_000;

/** The options that every SDK client here is made with: one retry policy (ours), keep-alive, a time limit. */
export function clientOptions(where: Where, wire: Wire): ClientOptions {
  const agent = { keepAlive: true, maxSockets: wire.concurrency };
  const { region, profile, endpoint } = where;
  return {
    maxAttempts: 1,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: {
      connectionTimeout,
      requestTimeout,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 10 * requestTimeout,
      httpAgent: agent,
      httpsAgent: agent,
    },
  };
}

/** See clientOptions. */
export interface ClientOptions {
  readonly maxAttempts: number;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
    readonly socketAcquisitionWarningTimeout: number;
    readonly httpAgent: { keepAlive: boolean; maxSockets: number };
    readonly httpsAgent: { keepAlive: boolean; maxSockets: number };
  };
}

/** Opens a line: transport retries resend the very same request, so its client token stays the same. */
export function line(wire: Wire): Line {
  const room: Pace = pace(wire.concurrency);
  const throttled = (error: unknown): boolean => isResourceError(error) && error.code === "THROTTLED";
  const sending =
    (signal: AbortSignal | undefined): Send =>
    (api, request, onPause) =>
      retrying(
        () =>
          room.run(async () => {
            wire.onCall?.(api);
            try {
              return await request();
            } catch (error) {
              throw failureOf(error);
            }
          }, throttled),
        { clock: wire.clock, signal, ...(onPause && { onPause }) },
      );
  return { send: sending(wire.signal), settle: sending(undefined) };
}
