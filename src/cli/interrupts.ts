import { exit } from "./exit.ts";

/** A run that a first SIGINT or SIGTERM stops; the second ends the process at once. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for, once there was one. */
  readonly code: () => number | undefined;
  /** Stops the run as a signal does, without an exit code of its own. */
  readonly stop: () => void;
  readonly end: () => void;
}

/** Listens for signals until ended; `told` hears of the first. */
export function listenForInterrupts(told: (message: string) => void): Interrupts {
  const stop = new AbortController();
  let code: number | undefined;
  const hear = (name: NodeJS.Signals): void => {
    const wanted = name === "SIGTERM" ? exit.SIGTERM : exit.SIGINT;
    // What is under way stands in its intent: the next run settles it.
    if (code !== undefined) process.exit(wanted);
    code = wanted;
    told(`${name}: finishing what is under way; once more to leave at once`);
    stop.abort();
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
  return {
    signal: stop.signal,
    code: () => code,
    stop: () => stop.abort(),
    end: () => void process.off("SIGINT", hear).off("SIGTERM", hear),
  };
}
