import { isResourceError, isUsageError } from "../errors.ts";
import { framesOf, isOwnFrame, isScriptFrame } from "../frames.ts";

const request =
  "This is a fault of await-aws, not of what it was given: please report it with the lines above, " +
  "after taking out what is confidential.";

/**
 * What is told of an error that ended a command. Failures and slips speak for themselves; of anything else the stack
 * tells where it comes from, and where that is this package, whoever reads it is asked to report it.
 */
export function storyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isResourceError(error)) return error.message;
  const stack = error.stack ?? error.message;
  if (isUsageError(error)) return [error.message, ...framesOf(stack).filter(isScriptFrame)].join("\n");
  return isOwnFault(stack) ? `${stack}\n${request}` : stack;
}

/** The same of an error that no script has a part in. */
export function commandStoryOf(error: unknown): string {
  if (isResourceError(error) || isUsageError(error)) return error.message;
  const story = storyOf(error);
  return story.endsWith(request) ? story : `${story}\n${request}`;
}

/** An error is of the code that threw it, or that called into Node or another package which did. */
function isOwnFault(stack: string): boolean {
  const first = framesOf(stack).find((frame) => isOwnFrame(frame) || isScriptFrame(frame));
  return first !== undefined && isOwnFrame(first);
}
