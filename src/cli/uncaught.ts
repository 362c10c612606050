import { ResourceError } from "../errors.ts";

/** What tells of a script's end from outside of what it returns. */
export interface UncaughtWatch {
  /** Rejects with the first error that nobody caught, unless it is told of already. */
  readonly first: Promise<never>;
  /** The error that it was. */
  readonly caught: () => { readonly error: unknown } | undefined;
  /** Resolves when the process has nothing left to do. */
  readonly idle: Promise<void>;
  readonly end: () => void;
}

/** Who hears of it. */
interface UncaughtListeners {
  /** Whether an error is in the report already: somebody has forgotten the promise of a call that failed. */
  readonly isTold: (error: unknown) => boolean;
  /** An error came up that nobody caught. */
  readonly stray: () => void;
  /** The process ends now, with this code: nothing asynchronous can happen any more. */
  readonly exit: (code: number, caught: { readonly error: unknown } | undefined) => void;
}

/** Listens until ended; Node would leave at once, with what is under way unrecorded and nothing said. */
export function listenForStrays(hearing: UncaughtListeners): UncaughtWatch {
  let reject: (error: unknown) => void = () => undefined;
  let rest: () => void = () => undefined;
  const first = new Promise<never>((_, fail) => {
    reject = fail;
  });
  const idle = new Promise<void>((resolve) => {
    rest = resolve;
  });
  first.catch(() => undefined);
  let caught: { readonly error: unknown } | undefined;
  const stray = (error: unknown): void => {
    if (hearing.isTold(error)) return;
    caught ??= { error };
    hearing.stray();
    reject(caught.error);
  };
  const onExit = (code: number): void => hearing.exit(code, caught);
  process.on("uncaughtException", stray).on("beforeExit", rest).on("exit", onExit);
  return {
    first,
    caught: () => caught,
    idle,
    end: () => void process.off("uncaughtException", stray).off("beforeExit", rest).off("exit", onExit),
  };
}

/** Why a process that its script has ended did not come to the end of its run. */
export const earlyExitError = (code: number): ResourceError =>
  new ResourceError("ABORTED", `the script ended the process with code ${code} before the run was complete`, {
    advice: "Let the script end by itself, and set process.exitCode instead of calling process.exit().",
  });

/** Why one that was interrupted twice did not. */
export const cutShort = (): ResourceError =>
  new ResourceError("ABORTED", "the run was left before what was under way had settled", {
    advice: "What it is stands recorded: run the script again to settle it.",
  });

/** Node's own exit code where a module waits for ever. */
export const unsettled = 13;
