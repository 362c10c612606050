import type { Props } from "../json.ts";
import type { Facts } from "../schema/facts.ts";
import type { NaturalKey, Note } from "../services/note.ts";
import { wantedBy } from "./matching.ts";

/** A resource as far as it is stated. */
export interface Stated {
  readonly facts: Facts;
  readonly note: Note | undefined;
  readonly desired: Props;
}

/** What one resource has and none of its siblings, and the properties that say whose sibling it is. */
export interface Apart {
  readonly wanted: Props;
  readonly parents: readonly string[];
}

/**
 * What tells the stated resource apart: the first natural key that is stated in full, else another identifier that the
 * registry names. The keys after it, being less sure, are left.
 */
export function apartByNature(stated: Stated): Apart | undefined {
  const others = (stated.facts.additionalIdentifiers ?? []).map((keys) => ({ parents: [], keys }));
  return [...(stated.note?.naturalKeys ?? []), ...others].map((key) => apart(stated, key)).find(Boolean);
}

/** The same by the properties or pointers that a user names. */
export const apartBy = (stated: Stated, keys: readonly string[]): Apart | undefined =>
  apart(stated, { parents: parentsKnown(stated), keys });

/** The stated properties that a note calls parents. */
export const parentsKnown = ({ note, desired }: Stated): readonly string[] =>
  (note?.naturalKeys ?? []).flatMap(({ parents }) => parents.filter((name) => Object.hasOwn(desired, name)));

function apart({ facts, desired }: Stated, key: NaturalKey): Apart | undefined {
  const isBelow = key.parents.every((name) => Object.hasOwn(desired, name));
  const wanted = isBelow ? wantedBy(facts, desired, key) : undefined;
  return wanted && { wanted, parents: key.parents };
}
