import { isResourceError } from "../errors.ts";
import { writeErr } from "../render/out.ts";
import { exit } from "./exit.ts";
import { commandStoryOf } from "./story.ts";

/** Wraps the action of a command: what it throws is told on stderr, and exits 1. */
export const tellFailure =
  <A extends readonly unknown[]>(action: (...args: A) => Promise<unknown>): ((...args: A) => Promise<void>) =>
  async (...args) => {
    try {
      await action(...args);
    } catch (error) {
      writeErr(`${commandStoryOf(error)}\n`);
      process.exitCode = isResourceError(error) && error.code === "LOCKED" ? exit.locked : exit.failed;
    }
  };
