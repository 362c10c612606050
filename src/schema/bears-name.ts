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
  const names = namesIn(facts, identifier);
  return texts.some((text) => typeof text === "string" && names.includes(text));
}

/** All names that one of these identifiers bears, as `bearsName` tells it. */
export const namesBorne = (facts: Facts, identifiers: readonly string[]): ReadonlySet<string> =>
  new Set(identifiers.flatMap((identifier) => namesIn(facts, identifier)));

/** The last segment, or the last few, of each part that AWS makes; a segment may be named with what parts it. */
function namesIn(facts: Facts, identifier: string): readonly string[] {
  const parts = Object.entries(partsOf(facts, identifier) ?? { "": identifier });
  const isMade = (name: string): boolean => facts.readOnly?.includes(`/${name}`) ?? true;
  return parts.flatMap(([name, part]) => (isMade(name) && part !== "" ? endsOf(part) : []));
}

function endsOf(part: string): readonly string[] {
  const bounds = [...part.matchAll(/[:/|]/g)].flatMap(({ 0: bound, index }) =>
    bound === "|" ? [index + 1] : [index, index + 1],
  );
  return [part, ...bounds.filter((at) => at < part.length).map((at) => part.slice(at))];
}
