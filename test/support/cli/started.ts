import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

const main = resolve(import.meta.dirname, "../../../dist/cli/main.js");

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a process. */
export function start(
  args: readonly string[],
  environment: Record<string, string> = {},
  cwd?: string,
): ChildProcess {
  const env = { ...process.env, NO_COLOR: "1", ...environment };
  return spawn(process.execPath, [main, ...args], { env, ...(cwd !== undefined && { cwd }) });
}

/** Waits for its end. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, stdout, stderr };
}
