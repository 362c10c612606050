import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

// Another implementation of AWS's APIs than our own: https://docs.getmoto.org/en/latest/docs/server_mode.html
const command = "moto_server";

/** Whether the machine has it: tests that need it skip with a word where not. */
export const isMotoInstalled = (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, command), constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** Starts it on a free port. */
export async function startMoto(): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const server = spawn(command, ["-H", "127.0.0.1", "-p", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once("exit", () => reject(new Error(`${command} ended: ${said}`)));
  });
  return { server, url };
}
