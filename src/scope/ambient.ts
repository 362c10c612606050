import { AsyncLocalStorage } from "node:async_hooks";
import { ResourceError } from "../errors.ts";
import type { Scope } from "./scope.ts";

/** The scope version of this copy; see Scope.version. */
export const scopeVersion = 4;

interface Ambient {
  readonly version: number;
  /** Scopes of runs that wrap a program. */
  readonly running: AsyncLocalStorage<Scope>;
  /** The scope that a plain script has entered with app(). */
  entered: Scope | undefined;
  /** Makes the default app's scope; installed by every door. */
  makeDefault: (() => Scope) | undefined;
  fallback: Scope | undefined;
}

// On globalThis, so that two copies of this package (the script's and the CLI's) meet in one run.
const key: unique symbol = Symbol.for("await-aws.scope");

function ambient(): Ambient {
  const holder: { [key]?: Ambient } = globalThis as typeof globalThis & { [key]?: Ambient };
  const found = (holder[key] ??= {
    version: scopeVersion,
    running: new AsyncLocalStorage<Scope>(),
    entered: undefined,
    makeDefault: undefined,
    fallback: undefined,
  });
  if (found.version !== scopeVersion) {
    throw new ResourceError(
      "SCOPE_MISMATCH",
      `scope ${scopeVersion} met scope ${found.version} of another copy`,
    );
  }
  return found;
}

/** The scope of the call being made: the run around it, else the app entered, else the default app. */
export function currentScope(): Scope {
  const here = ambient();
  const scope = here.running.getStore() ?? here.entered ?? (here.fallback ??= here.makeDefault?.());
  if (!scope) throw new TypeError("no app to declare resources in: import await-aws before its parts");
  return scope;
}

/** The run that wraps the caller, if one does. */
export function runningScope(): Scope | undefined {
  return ambient().running.getStore();
}

/** Runs a program inside a scope. */
export function runIn<T>(scope: Scope, program: () => Promise<T>): Promise<T> {
  return ambient().running.run(scope, program);
}

/** The scope that a plain script has entered, if any. */
export function enteredScope(): Scope | undefined {
  return ambient().entered;
}

/** Makes `scope` the one for every later call of this process; undefined leaves it. */
export function enter(scope: Scope | undefined): void {
  ambient().entered = scope;
}

/** Says how the default app's scope is made, when the first call needs it. The first door decides. */
export function installDefault(make: () => Scope): void {
  ambient().makeDefault ??= make;
}
