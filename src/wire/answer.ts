import { ResourceError, isResourceError } from "../errors.ts";

/** How long an answer is waited for. All in ms of the machine's own time, like the time limits of the SDK. */
export interface Patience {
  /** For the whole answer: the SDK's own limit ends with its first line, and a body may never come. */
  readonly answerMs: number;
  /** How much longer, once the signal has aborted; and for what is begun after that, to settle what is under way. */
  readonly stoppedMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether an answer under way is given up as soon as the signal aborts. */
  readonly isCutAtOnce: boolean;
}

/**
 * Makes a request and gives it up when its answer is not whole in time: `UNREACHABLE`, or once the signal has aborted
 * the reason for that. The request is given a signal that then cuts its connection.
 */
export async function answerWithin<T>(
  request: (signal: AbortSignal) => Promise<T>,
  { answerMs, stoppedMs, signal, isCutAtOnce }: Patience,
): Promise<T> {
  const cut = new AbortController();
  const ends: (() => void)[] = [];
  const given = new Promise<never>((_, reject) => {
    const end = (error: ResourceError): void => {
      reject(error);
      cut.abort(error);
    };
    const after = (ms: number, why: () => ResourceError): void => {
      const timer = setTimeout(() => end(why()), ms);
      ends.push(() => clearTimeout(timer));
    };
    after(answerMs, () => unansweredError(answerMs));
    if (!signal) return;
    const late = (): void => after(stoppedMs, () => stopOf(signal));
    if (signal.aborted) return late();
    const stop = (): void => (isCutAtOnce ? end(stopOf(signal)) : late());
    signal.addEventListener("abort", stop, { once: true });
    ends.push(() => signal.removeEventListener("abort", stop));
  });
  try {
    return await Promise.race([request(cut.signal), given]);
  } finally {
    for (const end of ends) end();
  }
}

/** Throws why there is to be no other request: one of the signals has aborted. */
export function requireUnstopped(...signals: readonly (AbortSignal | undefined)[]): void {
  const stopped = signals.find((signal) => signal?.aborted === true);
  if (stopped) throw stopOf(stopped);
}

const unansweredError = (ms: number): ResourceError =>
  new ResourceError("UNREACHABLE", `no whole answer came within ${ms / 1000} s`);

function stopOf({ reason }: AbortSignal): ResourceError {
  const why: unknown = reason;
  if (!isResourceError(why)) return new ResourceError("ABORTED", "stopped before an answer came");
  return new ResourceError(why.code, `${why.what}: an answer had not come yet`, { advice: why.advice });
}
