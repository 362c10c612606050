import { ResourceError } from "../../errors.ts";
import { leavesOf } from "../../json.ts";
import type { Scope } from "../../scope/scope.ts";
import { isFragment } from "../outputs/placeholders.ts";
import type { Call } from "./read-call.ts";

/** Refuses, in a plan, a piece of what is known only after apply: it says nothing true, for its text is the plan's, not AWS's. */
export function requireUncut(scope: Scope, { desired }: Call): void {
  if (!scope.withholds) return;
  const cut = leavesOf(desired).flatMap(({ pointer, value }) =>
    typeof value === "string" && isFragment(value) ? [{ pointer, value }] : [],
  )[0];
  if (!cut) return;
  const what = `${cut.pointer} holds a piece of what is known only after apply: ${cut.value}`;
  const error = new ResourceError("UNKNOWN_AT_PLAN", what, { paths: [cut.pointer] });
  scope.journal.unknowns.push({ error });
  throw error;
}
