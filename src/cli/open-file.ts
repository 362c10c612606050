import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { UsageError } from "../errors.ts";

/** Opens a file with what the system opens such files with; resolves once that has been started. */
export async function openFile(file: string): Promise<void> {
  const [command = "", ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, resolve(file)], { detached: true, stdio: "ignore" });
  await new Promise<void>((done, fail) => {
    child.once("spawn", done);
    child.once("error", (cause) =>
      fail(new UsageError(`${file} is written, and cannot be opened: ${cause.message}`, { cause })),
    );
  });
  child.unref();
}

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  // The empty word is the title of a window, for which start would take a path in quotes.
  win32: ["cmd", "/c", "start", ""],
};
