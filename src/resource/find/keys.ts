import type { Props } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { NaturalKey, Note } from "../../services/note.ts";
import { wantedBy } from "./match.ts";

/** A resource as far as it is stated. */
export interface StatedResource {
  readonly facts: Facts;
  readonly note: Note | undefined;
  readonly desired: Props;
}

/** What one resource has and none of its siblings, and the properties that say whose sibling it is. */
export interface TellingApart {
  readonly wanted: Props;
  readonly parents: readonly string[];
}

/**
 * What tells the stated resource apart: the first natural key that is stated in full, else another identifier that the
 * registry names. The keys after it, being less sure, are left.
 */
export function apartByNature(stated: StatedResource): TellingApart | undefined {
  const others = (stated.facts.additionalIdentifiers ?? []).map((keys) => ({ parents: [], keys }));
  return [...(stated.note?.naturalKeys ?? []), ...others].map((key) => apartFrom(stated, key)).find(Boolean);
}

/** The same by the properties or pointers that a user names. */
export const apartBy = (stated: StatedResource, keys: readonly string[]): TellingApart | undefined =>
  apartFrom(stated, { parents: statedParentsOf(stated), keys });

/** The stated properties that a note calls parents. */
export const statedParentsOf = ({ note, desired }: StatedResource): readonly string[] =>
  (note?.naturalKeys ?? []).flatMap(({ parents }) => parents.filter((name) => Object.hasOwn(desired, name)));

function apartFrom({ facts, desired }: StatedResource, key: NaturalKey): TellingApart | undefined {
  const isBelow = key.parents.every((name) => Object.hasOwn(desired, name));
  const wanted = isBelow ? wantedBy(facts, desired, key) : undefined;
  return wanted && { wanted, parents: key.parents };
}
