import { UsageError } from "../errors.ts";
import type { RunOptions } from "../app/options/run-options.ts";
import { pathToFileURL } from "node:url";
import { registerTypeScript, scriptIfAny } from "./script.ts";

type Check = Extract<RunOptions["check"], (...given: never[]) => unknown>;

/** Reads the checks of files: each exports one by default, or a list of them. */
export async function checksIn(files: readonly string[] = []): Promise<readonly Check[] | undefined> {
  const all: Check[] = [];
  for (const file of files) all.push(...(await checksOf(file)));
  return all.length > 0 ? all : undefined;
}

async function checksOf(file: string): Promise<readonly Check[]> {
  const path = scriptIfAny(file) ?? file;
  if (/\.[cm]?tsx?$/.test(path)) await registerTypeScript(path);
  const module: { readonly default?: unknown } = await import(pathToFileURL(path).href);
  const given: readonly unknown[] = [module.default ?? []].flat();
  const checks = given.filter((one): one is Check => typeof one === "function");
  if (checks.length > 0 && checks.length === given.length) return checks;
  throw new UsageError(
    `--check ${file}: it exports no check; e.g. export default (change) => change.move === "delete" && "nothing is deleted here"`,
  );
}
