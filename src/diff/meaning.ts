import { type Json, canonical, isList, isProps } from "../json.ts";
import { documentIn } from "./document.ts";
import { policyMeaning } from "./policy.ts";

/**
 * A value as text that is the same for values that are one at a place fixed at creation: lists in any order, JSON text
 * in any white space and order of keys, policies by meaning, a number or a truth value as its own text.
 */
export function meaningText(value: Json): string {
  return canonical(plainMeaning(value));
}

function plainMeaning(value: Json): Json {
  const policy = policyMeaning(value);
  if (policy !== undefined) return policy;
  const document = documentIn(value);
  if (document !== undefined) return canonical(document);
  if (isList(value)) return value.map((item) => canonical(plainMeaning(item))).toSorted();
  if (isProps(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainMeaning(member)]));
  return value === null ? null : String(value);
}
