import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

/** A process that holds a stage. */
export interface HoldingProcess {
  readonly child: ChildProcess;
  /** Has it do something; see holding.ts. Resolves with what it answers. */
  readonly tell: (line: string) => Promise<string>;
}

/** Starts one on a folder, with a term in ms; `atEnd` is asked to end it. */
export function holdingProcess(
  folder: string,
  termMs: number,
  atEnd: (end: () => void) => void,
): HoldingProcess {
  const given = ["--import", "tsx", join(import.meta.dirname, "holding.ts"), folder, String(termMs)];
  const child = spawn(process.execPath, given, { stdio: ["pipe", "pipe", "inherit"] });
  atEnd(() => void child.kill("SIGKILL"));
  const waiting: ((answer: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  return {
    child,
    tell: (line) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${line}\n`);
      }),
  };
}
