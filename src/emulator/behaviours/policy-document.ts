import { type Json, isList, isProps } from "../../json.ts";

/** Reads a document that may come as text or as an object; text that is no JSON stays text. */
export function asObject(value: Json): Json {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isProps(parsed) ? parsed : value;
  } catch {
    return value;
  }
}

/** A policy document as IAM reads it back: an object, whatever it was sent as, with its keys in IAM's own order. */
export const readBackPolicy = (value: Json): Json => reorderLists(asObject(value));

function reorderLists(value: Json): Json {
  if (isList(value)) return value.map(reorderLists);
  if (!isProps(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? 1 : -1));
  return Object.fromEntries(entries.map(([name, item]) => [name, reorderLists(item)]));
}
