import type { RunFlags } from "./run-flags.ts";

/** Reads the file of variables that was named, and lets --endpoint count for whatever is asked. */
export function withEnvironment({ envFile, endpoint }: Pick<RunFlags, "envFile" | "endpoint">): void {
  if (envFile !== undefined) process.loadEnvFile(envFile);
  if (endpoint !== undefined) process.env["AWS_ENDPOINT_URL"] = endpoint;
}
