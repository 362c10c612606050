import { isResourceError } from "../errors.ts";
import { writeErr } from "../render/out.ts";
import { exit } from "./exit.ts";

/** Wraps the action of a command: what it throws is told on stderr in one paragraph, and exits 1. */
export const failing =
  <A extends readonly unknown[]>(action: (...args: A) => Promise<unknown>): ((...args: A) => Promise<void>) =>
  async (...args) => {
    try {
      await action(...args);
    } catch (error) {
      const isOurs = isResourceError(error) || error instanceof TypeError;
      const text =
        error instanceof Error ? (isOurs ? error.message : (error.stack ?? error.message)) : String(error);
      writeErr(`${text}\n`);
      process.exitCode = isResourceError(error) && error.code === "LOCKED" ? exit.locked : exit.failed;
    }
  };
