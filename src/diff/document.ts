import { type Json, isList, isProps } from "../json.ts";

/**
 * The object or list that a text holds as JSON, undefined for any other text: `"1.10"` and `"1.1"` are no numbers but,
 * say, versions. Numbers that JavaScript would round keep their digits as text.
 */
export function documentIn(value: Json): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    const document: Json = JSON.parse(value.replace(longNumbers, keepDigits));
    return isList(document) || isProps(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** Strings are matched too, so that digits inside them are passed over. */
const longNumbers = /"(?:[^"\\]|\\.)*"|-?\d[\d.]{15,}(?:[eE][-+]?\d+)?/g;

const keepDigits = (found: string): string => (found.startsWith('"') ? found : JSON.stringify(`\0${found}`));
