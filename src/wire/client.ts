import { isResourceError } from "../errors.ts";
import { type Patience, answerWithin } from "./answer.ts";
import type { Clock } from "./clock.ts";
import { type ObservedRequest, type RequestObserver, observeAttempts } from "./observe.ts";
import { type Pace, makePace } from "./pace.ts";
import { type Rate, makeRate } from "./rate.ts";
import { type Pause, callWithRetries } from "./retry.ts";
import { type Wait, type PendingRequest, watchWaits } from "./waits.ts";

/** Where and as whom AWS clients call. */
export interface Where {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** What every client of a run shares. */
export interface Wire extends RequestObserver {
  readonly clock: Clock;
  /** HTTP requests in flight at a time, per client. */
  readonly concurrency: number;
  /** Told of whatever is waited for longer than a few seconds and nobody else tells of. */
  readonly onWait?: (wait: Wait) => void;
  /** Stops the run: pauses between tries end with it, and reads. */
  readonly signal?: AbortSignal | undefined;
  /** How long an answer is waited for; see answerWithin. */
  readonly patience?: Pick<Patience, "answerMs" | "stoppedMs">;
}

/** One configured way to an API: paced, retried, its failures read. */
export interface ApiClient {
  /** Sends a read until it is answered or the failure is not worth another try; a stopped run waits for none. */
  readonly send: Send;
  /** The same for a write: a stopped run waits a moment longer, since a lost answer leaves its outcome open. */
  readonly write: Send;
  /** The same for what settles work under way, which a stopped run still tries again. */
  readonly settle: Send;
  /** Calls that the API takes a second, while some have to wait for their turn. */
  readonly perSecond: () => number | undefined;
  /** Bounds and tells of what is no request of ours, such as a program that hands out credentials. */
  readonly local: <T>(what: string, work: () => Promise<T>) => Promise<T>;
}

/** What goes with one request. */
export interface Aside<T = unknown> extends Pick<ObservedRequest<T>, "about"> {
  /** Told before each pause. */
  readonly onPause?: ((pause: Pause) => void) | undefined;
  /** Stops this request as the run's signal would. */
  readonly signal?: AbortSignal | undefined;
}

/** A request is given the signal that cuts its connection. */
type Send = <T>(api: string, request: (signal: AbortSignal) => Promise<T>, aside?: Aside<T>) => Promise<T>;

/** Milliseconds after which a connection or an answer is given up; the SDK itself sets no limit. */
const connectionTimeout = 5_000;
const requestTimeout = 30_000;

const defaultPatience: Pick<Patience, "answerMs" | "stoppedMs"> = { answerMs: 45_000, stoppedMs: 10_000 };

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

/**
 * Opens a line: transport retries resend the very same request, so its client token stays the same. `rate` is what is
 * known of how fast the API may be asked.
 */
export function openApiClient(wire: Wire, rate: Rate = makeRate()): ApiClient {
  const room: Pace = makePace(wire.concurrency, 1, { clock: wire.clock, rate });
  const waits = watchWaits(wire.onWait);
  const patience = wire.patience ?? defaultPatience;
  const sending =
    ({ lane, isCutAtOnce, isTriedOn }: StopPolicy): Send =>
    async (api, request, { onPause, signal: own, about } = {}) => {
      const waiting = waits(api);
      const signal = anyOf(wire.signal, own);
      const ask = (): ReturnType<typeof request> => {
        waiting.because("no answer yet");
        return answerWithin(request, { ...patience, isCutAtOnce, signal });
      };
      const observed = observeAttempts(wire, { api, attempt: ask, about });
      let isAgain = false;
      const attempt = (): ReturnType<typeof request> => {
        const turn = { lane, isAgain, signal: isTriedOn ? own : signal };
        isAgain = true;
        return room.run(observed, isThrottle, undefined, turn);
      };
      const paused = pauseAs(waiting, onPause);
      try {
        return await callWithRetries(attempt, {
          clock: wire.clock,
          onPause: paused,
          signal: isTriedOn ? own : signal,
        });
      } finally {
        waiting.end();
      }
    };
  return {
    send: sending({ lane: "read", isCutAtOnce: true, isTriedOn: false }),
    write: sending({ lane: "write", isCutAtOnce: false, isTriedOn: false }),
    settle: sending({ lane: "settle", isCutAtOnce: false, isTriedOn: true }),
    perSecond: () => rate.whenScarce(wire.clock.now()),
    local: async (what, work) => {
      const waiting = waits(what);
      waiting.because("no answer yet");
      try {
        return await answerWithin(work, { ...patience, isCutAtOnce: true, signal: wire.signal });
      } finally {
        waiting.end();
      }
    },
  };
}

/** How a stopped run bears with a request. */
interface StopPolicy {
  /** What waits for its turn with it. */
  readonly lane: string;
  /** Whether its answer is given up at once. */
  readonly isCutAtOnce: boolean;
  /** Whether it is tried again. */
  readonly isTriedOn: boolean;
}

const isThrottle = (error: unknown): boolean => isResourceError(error) && error.code === "THROTTLED";

/** Whoever is told of a pause tells its user; otherwise it is a wait like any other. */
const pauseAs =
  (waiting: PendingRequest, onPause: Aside["onPause"]): ((pause: Pause) => void) =>
  (pause) => {
    waiting.because(onPause ? undefined : `${pause.error.what}: tried ${times(pause.attempt)}`);
    onPause?.(pause);
  };

const times = (attempts: number): string => (attempts === 1 ? "once" : `${attempts} times`);

function anyOf(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  return a && b && a !== b ? AbortSignal.any([a, b]) : (a ?? b);
}
