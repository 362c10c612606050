import type { Plan } from "../../diff/plan.ts";
import { ResourceError } from "../../errors.ts";

/** The error of a plan that cannot be made, about what was found under an identifier. */
export function planFailure(
  { error: { code, message, paths } }: Extract<Plan, { readonly move: "fail" }>,
  identifier: string,
): ResourceError {
  // The plan itself says what can be done; a permission to replace would do nothing here.
  const advice = code === "NOT_UPDATABLE" && { advice: "Change the value back, or do as is said here." };
  return new ResourceError(code, message, { identifier, paths, ...advice });
}
