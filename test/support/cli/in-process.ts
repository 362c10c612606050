import { Command } from "commander";
import { vi } from "vitest";
import { addCommands } from "../../../src/cli/commands.ts";

/** What commands that ran in this process have written since the last one began. */
export const said = { out: "", err: "" };

/** Keeps what is written from now on, until mocks are restored. */
export function listen(): void {
  vi.spyOn(process.stdout, "write").mockImplementation((text) => (said.out += String(text)) !== "");
  vi.spyOn(process.stderr, "write").mockImplementation((text) => (said.err += String(text)) !== "");
}

/** Takes back what a command has left in the process. */
export function restore(): void {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = 0;
}

/** Runs a command in this process, and gives what it wrote to stdout. */
export async function call(...words: readonly string[]): Promise<string> {
  [said.out, said.err, process.exitCode] = ["", "", 0];
  const program = new Command("await-aws").exitOverride();
  addCommands(program);
  await program.parseAsync(["node", "await-aws", ...words]);
  return said.out;
}
