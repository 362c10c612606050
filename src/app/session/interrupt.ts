import type { Scope } from "../../scope/scope.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Lets a plain script that is interrupted settle what is under way: while the stage is held, a first SIGINT or SIGTERM
 * calls `stop`, and is raised again once the stage is given back. A second one ends the process at once.
 */
export function releaseOnSignal(scope: Scope, stop: () => void): Scope {
  let users = 0;
  let raised: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    raised = signal;
    unlisten();
    scope.listener({ name: "notice", message: `${signal}: finishing what is under way` });
    stop();
  };
  const unlisten = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  return {
    ...scope,
    hold: async (work) => {
      users += 1;
      if (users === 1 && !raised) for (const signal of signals) process.on(signal, onSignal);
      try {
        return await scope.hold(work);
      } finally {
        users -= 1;
        if (users === 0) await onEnd();
      }
    },
  };

  async function onEnd(): Promise<void> {
    unlisten();
    if (!raised) return;
    await scope.release();
    process.kill(process.pid, raised);
  }
}
