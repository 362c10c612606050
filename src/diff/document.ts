import { type Json, isList, isProps, parseExact } from "../json.ts";

/**
 * The object or list that a text holds as JSON, undefined for any other text: `"1.10"` and `"1.1"` are no numbers but,
 * say, versions.
 */
export function documentIn(value: Json): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    const document = parseExact(value);
    return isList(document) || isProps(document) ? document : undefined;
  } catch {
    return undefined;
  }
}
