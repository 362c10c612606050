import { problemsOf } from "../schema/validate.ts";
import type { Scope } from "../scope/scope.ts";
import type { Call } from "./call.ts";
import { withoutCopied } from "./copied.ts";

/** Tells whether all that is against the properties is that this version has not heard of some: AWS adds new ones every week. */
export function mayBeNewer(scope: Scope, { facts, desired }: Call): boolean {
  const errors = problemsOf(facts, withoutCopied(scope, facts, desired)).filter(
    ({ severity }) => severity === "error",
  );
  return errors.length > 0 && errors.every(({ mayBeNew }) => mayBeNew === true);
}

/** The call by the facts of its account, which may know more; as it was where nobody can be asked. */
export async function inAccountsWords(scope: Scope, call: Call): Promise<Call> {
  const { type, options } = call;
  const cloud = await scope.cloud(options).catch(() => undefined);
  return cloud ? { ...call, facts: await cloud.facts(type, options.typeVersionId) } : call;
}
