import { type Props, expand, leavesOf, valueAt } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Journal } from "../../scope/journal.ts";

/** Shorter values may stand in a text by chance. In characters. */
export const shortestName = 6;

/** The values by which later calls can be seen to use this resource: read-only ones and its identifier, not too short to be telling. */
export function namesOf(facts: Facts, identifier: string, live: Props): readonly string[] {
  const patterns = [...(facts.readOnly ?? []), ...(facts.primaryIdentifier ?? [])];
  const values = patterns.flatMap((pattern) =>
    expand(live, pattern).map((pointer) => valueAt(live, pointer)),
  );
  const names = [identifier, ...values.filter((value) => typeof value === "string")];
  return [...new Set(names)].filter((name) => name.length >= shortestName);
}

/** The ids of resources resolved so far whose names stand in these properties. */
export function usedBy(
  { resolved }: Pick<Journal, "resolved">,
  id: string,
  desired: Props,
): readonly string[] {
  const text = leavesOf(desired)
    .map(({ value }) => (typeof value === "string" ? value : ""))
    .join("\n");
  return resolved
    .filter(
      (resource) => resource.id !== id && resource.names.some((name) => indexOfWhole(text, name) !== -1),
    )
    .map((resource) => resource.id);
}

/**
 * Where a text holds a name whole, -1 where it does not: `abcdefghij` stands in `https://abcdefghij.example` but not in
 * `abcdefghijk`.
 */
export function indexOfWhole(text: string, name: string): number {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + name.length] ?? " ";
    if (!/[A-Za-z0-9]/.test(before) && !/[A-Za-z0-9]/.test(after)) return at;
  }
  return -1;
}
