import { ResourceError, isResourceError, stoppage } from "../../errors.ts";
import type { Holder } from "../../author.ts";
import { patienceText, waitText } from "../../state/lock/holder-text.ts";
import type { Lock, StageState } from "../../state/store.ts";
import type { Clock } from "../../wire/clock.ts";

/** How a run waits for its stage. */
export interface LockWait {
  /** For how long, in ms, a stage that another run holds is asked for again; 0 asks once. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Told for whom it waits: once, and again when it is another. */
  readonly tell: (message: string, holder?: Holder) => void;
}

/** ms from one try to the next: short at first, for most runs that hold a stage are about to end. */
const pausesMs = { first: 100, longest: 2_000, growth: 1.5 } as const;

/** ms after which whoever waits looks again for whom. */
const lookAgainMs = 10_000;

/**
 * Takes a stage, waiting for the run that holds it. Fails with `LOCKED`, as the last try did, when the time is up, and
 * as `stoppage` says when the signal aborts meanwhile.
 */
export async function lockWithin(state: Pick<StageState, "lock" | "holder">, wait: LockWait): Promise<Lock> {
  const { timeoutMs, clock, signal, tell } = wait;
  const until = clock.now() + timeoutMs;
  const onWait = (holder: Holder, leftMs: number): void => tell(waitText(holder, leftMs), holder);
  const told = tellHolder(state, wait);
  for (
    let pauseMs: number = pausesMs.first;
    ;
    pauseMs = Math.min(pauseMs * pausesMs.growth, pausesMs.longest)
  ) {
    try {
      return await state.lock({ signal, onWait });
    } catch (error) {
      if (!isResourceError(error) || error.code !== "LOCKED" || timeoutMs === 0) throw error;
      const leftMs = until - clock.now();
      if (leftMs <= 0) throw outOfPatience(error, timeoutMs);
      await told(error, leftMs);
      await clock.sleep(Math.min(pauseMs, leftMs), signal);
      if (signal?.aborted) throw stoppageOf(error, signal);
    }
  }
}

/** Says for whom the run waits, whenever that is another than before. */
function tellHolder(
  state: Pick<StageState, "holder">,
  { clock, tell }: LockWait,
): (error: ResourceError, leftMs: number) => Promise<void> {
  let lookAt = -Infinity;
  let known: string | undefined;
  return async (error, leftMs) => {
    if (clock.now() < lookAt) return;
    lookAt = clock.now() + lookAgainMs;
    const holder = await state.holder?.();
    const who = holder ? `${holder.host} ${holder.pid} ${holder.since}` : known;
    if (known !== undefined && who === known) return;
    known = who ?? "";
    if (!holder) return tell(`waits for the stage for at most ${Math.ceil(leftMs / 1_000)} s: ${error.what}`);
    const { life: _, stillMs: __, termMs: ___, ...plain } = holder;
    tell(patienceText(plain, leftMs), plain);
  };
}

const outOfPatience = (error: ResourceError, timeoutMs: number): ResourceError =>
  new ResourceError("LOCKED", `${error.what}; this run has waited for ${timeoutMs / 1_000} s`, {
    advice: error.advice,
    cause: error,
  });

function stoppageOf({ what, advice }: ResourceError, signal: AbortSignal): ResourceError {
  const { code } = stoppage(signal);
  return new ResourceError(code, `stopped while it waited: ${what}`, { advice });
}
