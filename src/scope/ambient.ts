import { AsyncLocalStorage } from "node:async_hooks";
import { ResourceError, UsageError } from "../errors.ts";
import type { Report } from "../events.ts";
import type { StateStore } from "../state/store.ts";
import { inNoGroup } from "./group.ts";
import type { Scope } from "./scope.ts";
import { countRun, isProcessHosted, markHosted, runsUnderWay } from "./threads.ts";

/** The scope version of this copy; see Scope.version. */
export const scopeVersion = 8;

/**
 * The run of a whole process: the command line's, around the script that it runs. It is found without any asynchronous
 * context, so that no call of the script can miss it.
 */
export interface Host {
  /** The scope of calls in no app that the script has named. */
  plain(): Scope;
  /** Begins an app by the name and options that the script gives it; one that is open goes on. */
  enter(name: string, options: object): Scope;
  /** Ends an app: deletes what it no longer declares. */
  finalize(scope: Scope): Promise<void>;
  /** Runs a program as reconcile() does, in the phase of the process. */
  reconcile(name: string, program: () => Promise<unknown>, options: object): Promise<Report>;
}

/** An app that a script without a host has begun by app(). */
export interface OpenedApp {
  /** The store that the script gave it, if any. */
  readonly store: StateStore | string | undefined;
  /** Does what finalizing means for it. */
  readonly finalize: () => Promise<void>;
  /** Whether the script has finalized it: asked for again, it begins anew. */
  readonly isFinalized: boolean;
}

interface Ambient {
  readonly version: number;
  /** The apps that this process's script has begun. */
  readonly opened: Map<Scope, OpenedApp>;
  /** The plans of this process that are under way, or of the script that it runs. */
  readonly plans: Set<Scope>;
  /** Scopes of runs that wrap a program. */
  readonly running: AsyncLocalStorage<Scope>;
  /** The scope that a script has entered with app(). */
  entered: Scope | undefined;
  /** Makes the default app's scope; installed by every door. */
  makeDefault: (() => Scope) | undefined;
  fallback: Scope | undefined;
  host: Host | undefined;
}

// On globalThis, so that two copies of this package (the script's and the CLI's) meet in one run.
const key: unique symbol = Symbol.for("await-aws.scope");

function ambient(): Ambient {
  const holder: { [key]?: Ambient } = globalThis as typeof globalThis & { [key]?: Ambient };
  const found = (holder[key] ??= {
    version: scopeVersion,
    opened: new Map(),
    plans: new Set(),
    running: new AsyncLocalStorage<Scope>(),
    entered: undefined,
    makeDefault: undefined,
    fallback: undefined,
    host: undefined,
  });
  if (found.version !== scopeVersion) {
    throw new ResourceError(
      "SCOPE_MISMATCH",
      `scope ${scopeVersion} met scope ${found.version} of another copy`,
    );
  }
  return found;
}

/** The scope of whatever is asked here: the run around it, else the app entered, else the default app. */
export function currentScope(): Scope {
  const here = ambient();
  const scope = here.running.getStore() ?? here.entered ?? hostHere()?.plain() ?? defaultScope(here);
  if (!scope) throw new UsageError("no app to declare resources in: import await-aws before its parts");
  return scope;
}

const defaultScope = (here: Ambient): Scope | undefined => (here.fallback ??= here.makeDefault?.());

/**
 * The scope of a call that declares something. While a program is run by reconcile(), a call that is not seen to come
 * from it is `SCOPE_MISMATCH`: it may be the program's own, and what was to be planned would be deployed elsewhere.
 */
export function declaringScope(): Scope {
  const scope = currentScope();
  if (runsUnderWay() === 0 || runningScope()) return scope;
  throw new ResourceError(
    "SCOPE_MISMATCH",
    "a run of reconcile() is under way in this process, and this call is not seen to come from its program",
    {
      advice:
        "Make the call in the program itself: a timer, loop, emitter, worker or thenable that began before the run loses it (AsyncResource.bind keeps it). A call of no run waits until the run has ended.",
    },
  );
}

/** The run that wraps the caller, if one does. */
export function runningScope(): Scope | undefined {
  return ambient().running.getStore();
}

/** Runs a program inside a scope. */
export async function runIn<T>(scope: Scope, program: () => Promise<T>): Promise<T> {
  const end = countRun();
  try {
    return await inNoGroup(() => ambient().running.run(scope, program));
  } finally {
    end();
  }
}

/** The run of this process, if the command line runs a script in it; `SCOPE_MISMATCH` in another thread than its own. */
export function hostHere(): Host | undefined {
  const { host } = ambient();
  if (host || !isProcessHosted()) return host;
  throw new ResourceError("SCOPE_MISMATCH", "the run of this process is not to be reached from this thread", {
    advice: "Declare resources in the script's own thread, and let workers only compute.",
  });
}

/** Makes `host` the run of this process; undefined leaves it. */
export function installHost(host: Host | undefined): void {
  const here = ambient();
  here.host = host;
  here.plans.clear();
  here.entered = undefined;
  markHosted(host !== undefined);
}

/** The scope that a script has entered, if any. */
export function enteredScope(): Scope | undefined {
  return ambient().entered;
}

/** The apps that this process's script has begun, by their scopes. */
export const openedApps = (): Map<Scope, OpenedApp> => ambient().opened;

/** The plans that are under way; those of one script all are, until it has ended. */
export const plansUnderWay = (): Iterable<Scope> => ambient().plans;

/** Counts a plan among those. What is returned takes it out again, unless it is one of a script's. */
export function countPlan(scope: Scope): () => void {
  if (scope.phase === "plan") ambient().plans.add(scope);
  return () => {
    if (!ambient().host) ambient().plans.delete(scope);
  };
}

/** Makes `scope` the one for every later call of this process; undefined leaves it. */
export function enter(scope: Scope | undefined): void {
  ambient().entered = scope;
}

/** Says how the default app's scope is made, when the first call needs it. The first door decides. */
export function installDefault(make: () => Scope): void {
  ambient().makeDefault ??= make;
}
