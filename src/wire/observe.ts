import type { Code } from "../errors.ts";
import { failureOf } from "./failure.ts";
import type { Clock } from "./clock.ts";

/** What a request is about, as far as it or its answer says. Holds no property of a resource. */
export interface RequestSubject {
  readonly type?: string | undefined;
  readonly identifier?: string | undefined;
  /** Makes the same write the same operation. */
  readonly clientToken?: string | undefined;
  /** Names the operation that a write has begun, or that a poll asks after. */
  readonly requestToken?: string | undefined;
}

/** One request that has been answered, refused or given up. */
export interface AnsweredRequest extends RequestSubject {
  readonly api: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly ms: number;
  /** How it failed; undefined where it did not. */
  readonly code: Code | undefined;
}

/** Who is told of requests, and the clock that they are timed by. */
export interface RequestObserver {
  readonly clock: Pick<Clock, "now">;
  /** Told of every request about to be sent, by API name such as `GetResource`. */
  readonly onCall?: (api: string) => void;
  /** Told of every request that has been answered, refused or given up. */
  readonly onAnswer?: (request: AnsweredRequest) => void;
}

/** One request that may be sent several times, and what it is about; of its answer, once there is one. */
export interface ObservedRequest<T> {
  readonly api: string;
  readonly attempt: () => Promise<T>;
  readonly about?: ((answer?: T) => RequestSubject) | undefined;
}

/** The attempt, told of before and after each time that it is made; it fails with a ResourceError. */
export function observeAttempts<T>(
  { clock, onCall, onAnswer }: RequestObserver,
  { api, attempt, about }: ObservedRequest<T>,
): () => Promise<T> {
  let attempts = 0;
  return async () => {
    const nth = (attempts += 1);
    onCall?.(api);
    const sentAt = clock.now();
    const tell = (subject: RequestSubject | undefined, code?: Code): void =>
      onAnswer?.({ ...subject, api, attempt: nth, ms: clock.now() - sentAt, code });
    try {
      const answer = await attempt();
      tell(about?.(answer));
      return answer;
    } catch (thrown) {
      const error = failureOf(thrown);
      tell(about?.(), error.code);
      throw error;
    }
  };
}
