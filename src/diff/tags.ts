import { type Json, isList, isProps } from "../json.ts";
import type { TagFacts } from "../schema/facts.ts";

/** Tags that AWS itself sets; nobody else may add, change or remove them. */
export function isOwnedByAws(key: string): boolean {
  return key.startsWith("aws:");
}

/** The tags of a list by their key, or undefined when it is not a list of distinct keyed tags. */
export function keyedTags(facts: TagFacts, value: Json | undefined): Map<string, Json> | undefined {
  if (value !== undefined && value !== null && !isList(value)) return undefined;
  const tags = new Map<string, Json>();
  for (const tag of value ?? []) {
    const key = isProps(tag) ? tag[facts.key ?? "Key"] : undefined;
    if (typeof key !== "string" || tags.has(key)) return undefined;
    tags.set(key, tag);
  }
  return tags;
}

/** The three sides of a list of tags. */
export interface TagSides {
  readonly prior: Json | undefined;
  readonly live: Json | undefined;
  readonly desired: Json | undefined;
}

/**
 * Merges tags by key: desired ones as desired, those declared before and no longer dropped, all others and those of
 * AWS as they are, in the order of live. `tags` is live itself when nothing changes and undefined when
 * none is left; the whole answer is undefined when a side is not a list of distinct keyed tags.
 */
export function mergeTags(
  facts: TagFacts,
  { prior, live, desired }: TagSides,
  same: (desired: Json, live: Json) => boolean,
): { readonly tags: Json | undefined } | undefined {
  const [owned, there, wanted] = [prior, live, desired].map((side) => keyedTags(facts, side));
  if (!there || !wanted) return undefined;
  const kept = [...there].flatMap(([key, tag]): Json[] => {
    if (isOwnedByAws(key)) return [tag];
    const asked = wanted.get(key);
    if (asked === undefined) return owned?.has(key) ? [] : [tag];
    return [same(asked, tag) ? tag : asked];
  });
  const added = [...wanted].filter(([key]) => !there.has(key) && !isOwnedByAws(key)).map(([, tag]) => tag);
  const merged = [...kept, ...added];
  const before = [...there.values()];
  if (merged.length === before.length && merged.every((tag, i) => tag === before[i])) return { tags: live };
  return { tags: merged.length === 0 && desired === undefined ? undefined : merged };
}
