import { ResourceError } from "../errors.ts";

/** What may end a script from outside of what the command line waits for. */
export interface Strays {
  /** Rejects with the first error that nobody caught, and when nothing is left that could end the wait. */
  readonly first: Promise<never>;
  /** The error that it was. */
  readonly caught: () => { readonly error: unknown } | undefined;
  readonly end: () => void;
}

/** Who hears of it. */
interface Hearing {
  /** An error came up that nobody caught. */
  readonly stray: () => void;
  /** The process ends now: nothing asynchronous can happen any more. */
  readonly exit: (error: unknown) => void;
}

/** Listens until ended; Node would leave at once, with what is under way unrecorded and nothing said. */
export function strays(hearing: Hearing): Strays {
  let reject: (error: unknown) => void = () => undefined;
  const first = new Promise<never>((_, fail) => {
    reject = fail;
  });
  first.catch(() => undefined);
  let caught: { readonly error: unknown } | undefined;
  const stray = (error: unknown): void => {
    caught ??= { error };
    hearing.stray();
    reject(caught.error);
  };
  const idle = (): void => reject(endless());
  const left = (code: number): void =>
    hearing.exit(caught?.error ?? (code === unsettled ? endless() : cut(code)));
  process.on("uncaughtException", stray).on("beforeExit", idle).on("exit", left);
  return {
    first,
    caught: () => caught,
    end: () => void process.off("uncaughtException", stray).off("beforeExit", idle).off("exit", left),
  };
}

/** Node's own exit code where a module waits for ever. */
const unsettled = 13;

const endless = (): ResourceError =>
  new ResourceError("ABORTED", "the script waits for something that never comes", {
    advice: "Look for an await whose promise nobody resolves.",
  });

const cut = (code: number): ResourceError =>
  new ResourceError("ABORTED", `the script ended the process with code ${code} before the run was complete`, {
    advice: "Let the script end by itself, and set process.exitCode instead of calling process.exit().",
  });
