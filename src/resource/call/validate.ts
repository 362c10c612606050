import { valueAt } from "../../json.ts";
import { type Problem, errorsIn, refusal } from "../../schema/validate.ts";
import type { Scope } from "../../scope/scope.ts";
import type { Call } from "./read-call.ts";
import { withoutCopied } from "./passed-on.ts";
import { isUnknown, isWhollyUnknown } from "../outputs/placeholders.ts";

/** What stops a call, as far as its facts can tell. What is known only after apply may yet be of the right kind. */
export function errorsOf(scope: Scope, { facts, desired }: Call): readonly Problem[] {
  const errors = errorsIn(facts, withoutCopied(scope.journal, facts, desired));
  return errors.filter(({ path, isMisfit, isLimit }) => {
    const value = valueAt(desired, path);
    return !(isMisfit === true && isWhollyUnknown(value)) && !(isLimit === true && isUnknown(value));
  });
}

/**
 * The call by the facts of its account, where all that stops it is that this version has not heard of some property:
 * AWS adds new ones every week. Whatever stops it then too, or where nobody can be asked, is `VALIDATION`.
 */
export async function acceptNewer(scope: Scope, call: Call, errors: readonly Problem[]): Promise<Call> {
  const { type, options } = call;
  const isNews = errors.every(({ mayBeNew }) => mayBeNew === true);
  const cloud = isNews ? await scope.cloud(options).catch(() => undefined) : undefined;
  if (!cloud) throw refusal(errors);
  const known = { ...call, facts: await cloud.facts(type, options.typeVersionId) };
  const left = errorsOf(scope, known);
  if (left.length > 0) throw refusal(left);
  return known;
}
