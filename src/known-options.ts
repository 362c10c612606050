import { UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";
import { withArticle } from "./wording.ts";

/** The names that options may have: the keys of a record, so that the compiler holds them against their type. */
export type OptionNames<T> = Readonly<Record<keyof T, true>>;

/**
 * Refuses an option that does not exist, as a UsageError with the nearest name that does: passed over in silence it
 * would be taken for said. `of` is what was called, e.g. `reconcile()`.
 */
export function requireKnownOptions(of: string, given: unknown, known: Readonly<Record<string, true>>): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new UsageError(`${of} takes its options as an object; given was ${kindOf(given)}`);
  const names = Object.keys(known);
  const stray = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  if (stray === undefined) return;
  const near = nearest(stray, names);
  const hint = near === undefined ? `; it takes ${names.toSorted().join(", ")}` : `, did you mean ${near}?`;
  throw new UsageError(`${of} has no option ${JSON.stringify(stray)}${hint}`);
}

const kindOf = (value: unknown): string =>
  value === null || value === undefined
    ? String(value)
    : withArticle(Array.isArray(value) ? "list" : typeof value);
