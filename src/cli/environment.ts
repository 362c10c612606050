import { UsageError } from "../errors.ts";
import type { RunFlags } from "./run-flags.ts";

/** Reads the file of variables that was named, and lets --endpoint count for whatever is asked. */
export function withEnvironment({ envFile, endpoint }: Pick<RunFlags, "envFile" | "endpoint">): void {
  if (envFile !== undefined) load(envFile);
  if (endpoint === undefined) return;
  // One that the environment has for a single API would beat it.
  for (const name of Object.keys(process.env))
    if (name.startsWith("AWS_ENDPOINT_URL_")) delete process.env[name];
  process.env["AWS_ENDPOINT_URL"] = endpoint;
}

function load(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--env-file ${file} cannot be read: ${why}`, { cause: error });
  }
}
