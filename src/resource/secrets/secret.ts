import { UsageError } from "../../errors.ts";
/** A value that stands in no state file, plan, event or error; see secret(). */
export interface Secret<T> {
  readonly [brand]: T;
}

const brand: unique symbol = Symbol.for("await-aws.secret");

/**
 * Marks a value as secret: state keeps only a keyed digest of it, and plans, events and errors show a mask.
 * Write-only properties need no mark.
 * @example
 * await AWS.SSM.Parameter("token", { Type: "String", Value: secret(process.env.TOKEN) });
 */
export function secret<T>(value: T): T & Secret<T> {
  // Not enumerable, so that nobody who inspects or copies it sees the value.
  const marked = Object.defineProperties(
    {},
    { [brand]: { value }, toJSON: { value: () => mask }, toString: { value: unprintable } },
  );
  return marked as T & Secret<T>;
}

function unprintable(): never {
  throw new UsageError("a secret cannot be put into text: make the whole text a secret");
}

/** What stands where a secret is not shown. */
export const mask = "‹secret›";

/** The value inside a secret, or undefined when there is none. */
export function secretIn(value: object): { readonly value: unknown } | undefined {
  return brand in value ? { value: value[brand] } : undefined;
}
