import { placesOf } from "../../diff/place.ts";
import { isSameByMeaning } from "../../diff/same.ts";
import { type Json, type Pointer, type Props, isList, isProps, plantAt, valueAt } from "../../json.ts";
import { keyedTags } from "../../diff/tags.ts";
import type { Facts, TagFacts } from "../../schema/facts.ts";
import type { NaturalKey } from "../../services/note.ts";

/** The places and tags by which a resource is told apart: property names, or pointers where they begin with `/`. */
export type Keys = Pick<NaturalKey, "keys" | "tags">;

/** What the model has at the keys and no more, as a model itself; undefined unless it has them all, and any at all. */
export function wantedBy(facts: Facts, model: Props, { keys, tags = [] }: Keys): Props | undefined {
  const pointers = keys.map((key) => (key.startsWith("/") ? key : `/${key}`));
  const named = pointers.map((pointer) => [pointer, valueAt(model, pointer)] as const);
  const tagged = tags.length > 0 ? [taggedBy(facts, model, tags)] : [];
  const found = [...named, ...tagged];
  if (found.length === 0) return undefined;
  let wanted: Json = {};
  for (const [pointer, value] of found) {
    if (!isTelling(value)) return undefined;
    wanted = plantAt(wanted, pointer, value);
  }
  return isProps(wanted) ? wanted : undefined;
}

/** Tells whether a value tells a resource apart from those without it. */
export function isTelling(value: Json | undefined): value is Json {
  if (value === undefined || value === null || value === "") return false;
  return isList(value) ? value.length > 0 : !isProps(value) || Object.keys(value).length > 0;
}

const listOfTags: TagFacts = { path: "/Tags", shape: "array", key: "Key" };

function taggedBy(
  { tags: facts = listOfTags }: Facts,
  model: Props,
  keys: readonly string[],
): [Pointer, Json | undefined] {
  const value = valueAt(model, facts.path);
  const byKey = facts.shape === "map" ? membersOf(value) : keyedTags(facts, value);
  const found = keys.flatMap((key) => {
    const tag = byKey?.get(key);
    return tag === undefined ? [] : [[key, tag] as const];
  });
  if (found.length < keys.length) return [facts.path, undefined];
  return [facts.path, facts.shape === "map" ? Object.fromEntries(found) : found.map(([, tag]) => tag)];
}

const membersOf = (value: Json | undefined): Map<string, Json> =>
  new Map(isProps(value) ? Object.entries(value) : []);

/** Compares models with what is wanted. */
export interface Matcher {
  /** Whether a model has all that is wanted, by meaning; of objects and tags only what is wanted counts. */
  has(live: Props): boolean;
  /** Whether a sparse model leaves it open, and the resource is worth a read. */
  mayHave(sparse: Props): boolean;
}

/** Makes a matcher; values are compared as in a diff, those that AWS sets included. */
export function makeMatcher(facts: Facts, wanted: Props): Matcher {
  const place = placesOf({ ...facts, readOnly: [], writeOnly: [] });
  const around = { model: wanted, owner: wanted };
  const isSame = (name: string, live: Props): boolean =>
    isTelling(wanted[name])
      ? Object.hasOwn(live, name) && isSameByMeaning(place.member(name), wanted[name], live[name], around)
      : !isTelling(live[name]);
  const names = Object.keys(wanted);
  // Inside lists and objects a list of resources may leave things out.
  const scalars = names.filter((name) => typeof wanted[name] !== "object");
  return {
    has: (live) => names.every((name) => isSame(name, live)),
    mayHave: (sparse) => scalars.every((name) => !Object.hasOwn(sparse, name) || isSame(name, sparse)),
  };
}

/** What is wanted in words, e.g. `Name "orders"`. */
export const wordsOf = (wanted: Props): string =>
  Object.entries(wanted)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
