import { UsageError } from "../errors.ts";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const usual = ["aws.run.ts", "aws.run.mts", "aws.run.js", "aws.run.mjs"];

/** The script that is meant: the one given, else the usual one of this folder. */
export function scriptFor(given: string | undefined): string {
  const found = scriptIfAny(given);
  if (found !== undefined) return found;
  throw new UsageError(`there is no ${usual[0]} here: name the script, e.g. await-aws plan deploy.ts`);
}

/** The same, where a command can do without: undefined when none is given and the usual one is not there. */
export function scriptIfAny(given: string | undefined): string | undefined {
  if (given === undefined) return usual.map((name) => resolve(name)).find(isFile);
  if (isFile(resolve(given))) return resolve(given);
  const isThere = statSync(resolve(given), { throwIfNoEntry: false }) !== undefined;
  throw new UsageError(
    isThere ? `${given} is a folder: name the script in it` : `there is no script ${given}`,
  );
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Makes the program that a script is: importing it runs it, and where it exports a function by default, calling that.
 * The script sees itself as the one that Node was started with.
 */
export async function programOf(script: string, args: readonly string[]): Promise<() => Promise<unknown>> {
  requireNode();
  process.argv = [process.argv[0] ?? "node", script, ...args];
  if (/\.[cm]?tsx?$/.test(script)) await registerTypeScript(script);
  return async () => {
    const module: { readonly default?: unknown } = await import(pathToFileURL(script).href);
    const { default: main } = module;
    if (typeof main === "function") await Reflect.apply(main, undefined, []);
  };
}

/** Elsewhere nothing tells when a script has come to its end: Bun never says `beforeExit` while a module is awaited. */
function requireNode(): void {
  const other = ["bun", "deno"].find((name) => process.versions[name] !== undefined);
  if (other)
    throw new UsageError(`scripts run on Node 20.19 or later here, not on ${other}: nothing was done`);
}

/** tsx's own import() would load a second copy of this package, which knows nothing of the run. */
export async function registerTypeScript(script: string): Promise<void> {
  const { register } = await tsxFor(script);
  register();
}

interface Tsx {
  readonly register: () => unknown;
}

async function tsxFor(script: string): Promise<Tsx> {
  for (const base of [pathToFileURL(script).href, import.meta.url]) {
    try {
      // require() resolves to the CommonJS half, which lies beside the one that is wanted.
      const path = createRequire(base)
        .resolve("tsx/esm/api")
        .replace(/\.cjs$/, ".mjs");
      const tsx: Tsx = await import(pathToFileURL(path).href);
      return tsx;
    } catch {
      // The next one may have it.
      continue;
    }
  }
  // Newer Nodes take the types out by themselves.
  if ("typescript" in process.features && process.features.typescript) return { register: () => undefined };
  throw new UsageError("TypeScript scripts need tsx here: npm install --save-dev tsx");
}
