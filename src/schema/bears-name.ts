import type { Props } from "../json.ts";
import { bundledFacts } from "./bundled.ts";
import { isServerNamed, partsOf } from "./identifier.ts";
import type { Facts } from "./facts.ts";

/**
 * The name that the user chose and of which AWS makes the identifier, as of a queue or a topic; undefined where AWS
 * names by itself, and where the identifier is the user's own.
 */
export function nameWithin({ type = "" }: Facts, model: Props): string | undefined {
  const { namedBy } = bundledFacts(type) ?? {};
  const name = namedBy === undefined ? undefined : model[namedBy];
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** Whether AWS names, and not after a name of the user's: what has such an identifier was made by whoever was told it. */
export const isNamedAnew = (facts: Facts, model: Props): boolean =>
  isServerNamed(facts) && nameWithin(facts, model) === undefined;

/**
 * Tells whether a part of the identifier that AWS makes ends in one of these texts: who has that name has it, and had
 * it perhaps before. What ends in a word of AWS's own was made by the create that names it.
 */
export function bearsName(facts: Facts, identifier: string, texts: readonly unknown[]): boolean {
  const parts = Object.entries(partsOf(facts, identifier) ?? { "": identifier });
  const isMade = (name: string): boolean => facts.readOnly?.includes(`/${name}`) ?? true;
  return parts.some(([name, part]) => isMade(name) && texts.some((text) => endsIn(part, text)));
}

/** Whether a text is the last segment of an identifier, or the last few. */
function endsIn(part: string, text: unknown): boolean {
  if (typeof text !== "string" || text === "" || !part.endsWith(text)) return false;
  const before = part.at(-text.length - 1);
  return before === undefined || ":/|".includes(before) || ":/".includes(text.charAt(0));
}
