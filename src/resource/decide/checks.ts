import { ResourceError, isResourceError } from "../../errors.ts";
import type { Check, CheckedChange } from "../../scope/check.ts";
import type { Scope } from "../../scope/scope.ts";
import { withAllTags } from "../record/run-tags.ts";
import { redactDesired } from "../secrets/redact-call.ts";
import type { Context } from "../context.ts";
import type { Decision } from "./decision.ts";
import { foresee } from "./preview.ts";

/** Asks the checks of a run about what was decided of one resource; returns what they refuse it with, all of it. */
export async function refusalOf(context: Context, todo: Decision): Promise<ResourceError | undefined> {
  const { scope, call } = context;
  if (todo.move === "nothing" || !hasChecks(scope)) return undefined;
  const { change } = foresee(context, todo);
  const isMade = todo.move === "create" || todo.move === "replace";
  return askChecks(scope, { ...change, desired: redactDesired(isMade ? withAllTags(call) : call) });
}

/** The same, thrown: nothing of it is sent. */
export async function requireUnrefused(context: Context, todo: Decision): Promise<void> {
  const refused = await refusalOf(context, todo);
  if (refused) throw refused;
}

export const hasChecks = ({ runOptions: { checks = [] } }: Scope): boolean => checks.length > 0;

/** Asks every check of a run about a change that is about to be made. */
export async function askChecks(
  scope: Scope,
  change: Omit<CheckedChange, "app" | "stage">,
): Promise<ResourceError | undefined> {
  const { app, stage } = scope;
  const { checks = [] } = scope.runOptions;
  const { id, type, identifier } = change;
  const told = await Promise.all(checks.map((check) => askCheck(check, { ...change, app, stage })));
  const texts = told.flat();
  return texts.length > 0
    ? new ResourceError("REFUSED", texts.join("; "), { id, type, identifier })
    : undefined;
}

/** What a check says; one that cannot tell has not let it pass. */
async function askCheck(check: Check, change: CheckedChange): Promise<readonly string[]> {
  try {
    return textsIn(await check(change));
  } catch (error) {
    if (isResourceError(error) && error.code === "ABORTED") throw error;
    return [`a check has failed: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function textsIn(said: unknown): readonly string[] {
  if (said === undefined || said === null || said === false || said === "") return [];
  const all: readonly unknown[] = Array.isArray(said) ? said : [said];
  return all.map((one) =>
    typeof one === "string"
      ? one
      : `a check returns text, a list of texts or nothing; it returned ${JSON.stringify(one)}`,
  );
}
