import { onOneLine } from "./spell-unruly.ts";
import { type Environment, isWatched } from "./style.ts";

/**
 * Asks a question that is answered with yes or no on the terminal; undefined where nobody can be asked, as in a pipe
 * or in CI.
 */
export async function askYesOrNo(question: string, environment: Environment): Promise<boolean | undefined> {
  if (!process.stdin.isTTY || !isWatched(process.stderr, environment)) return undefined;
  const { confirm } = await import("@clack/prompts");
  return (
    (await confirm({ message: onOneLine(question), initialValue: false, output: process.stderr })) === true
  );
}
