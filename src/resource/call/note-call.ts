import { UsageError } from "../../errors.ts";
import type { Props } from "../../json.ts";
import type { Journal } from "../../scope/journal.ts";
import type { Scope } from "../../scope/scope.ts";
import { checkId } from "../../state/name.ts";

/** Notes that an id is declared, before anything is awaited; a second time, or an id that none can be, is refused. */
export function noteSeen({ seen, spelled }: Journal, type: string, id: string): void {
  if (typeof id !== "string") throw new UsageError(`the id of a resource is text; given was ${typeof id}`);
  const twice = seen.has(id);
  seen.set(id, type);
  if (!spelled.has(id.toLowerCase())) spelled.set(id.toLowerCase(), id);
  if (twice) throw new UsageError(`the id ${JSON.stringify(id)} is declared twice in one run`);
  const unfit = checkId(id);
  if (unfit) throw unfit;
}

/**
 * Lets the run wait for a call that its script does not. Where failures end up in a report such a call may fail
 * quietly; a plain script's stays unhandled, so that Node ends the script with an error.
 */
export function trackCall(
  { journal, reports }: Pick<Scope, "journal" | "reports">,
  outputs: Promise<Props>,
): Promise<Props> {
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  journal.pending.add(settled);
  const followed = outputs.finally(() => {
    journal.pending.delete(settled);
    settle();
  });
  if (reports) followed.catch(() => undefined);
  return followed;
}
