import { UsageError } from "../../errors.ts";

/** Tags for every resource of a run, by key. */
export type Tags = Readonly<Record<string, string>>;

/** Reads `team=shop,env=dev`: tags with commas between; `of` is what holds them. */
export function tagsIn(text: string, of: string): Tags {
  const given = text.split(",").filter((one) => one.trim() !== "");
  return requireSoundTags(
    given.reduce<Tags>((tags, one) => ({ ...tags, ...tagIn(one, of) }), {}),
    of,
  );
}

/** Reads `team=shop`; all that follows the first `=` is the value. */
export function tagIn(text: string, of: string): Tags {
  const at = text.indexOf("=");
  if (at < 0) throw new UsageError(`${of} takes key=value; given was ${JSON.stringify(text)}`);
  return requireSoundTags({ [text.slice(0, at).trim()]: text.slice(at + 1).trim() }, of);
}

/** AWS's own bounds: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const longestKey = 128;
const longestValue = 256;
const mostTags = 50;

/** Returns tags that every service may take; others are a UsageError that names the key. */
export function requireSoundTags(tags: unknown, of: string): Tags {
  if (typeof tags !== "object" || tags === null || Array.isArray(tags))
    throw new UsageError(`${of} takes an object such as { team: "shop" }; given was ${JSON.stringify(tags)}`);
  const all = Object.entries<unknown>({ ...tags });
  if (all.length > mostTags)
    throw new UsageError(`${of} takes ${mostTags} tags at the most; given were ${all.length}`);
  const faults = all.flatMap(([key, value]) => faultOf(key, value) ?? []);
  if (faults.length > 0) throw new UsageError(`${of}: ${faults.join("; ")}`);
  return Object.fromEntries(all.flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])));
}

function faultOf(key: string, value: unknown): string | undefined {
  const name = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
  if (key === "") return "the key of a tag is empty";
  if (key.length > longestKey)
    return `the key ${name} has ${key.length} characters, of which a tag takes ${longestKey}`;
  if (/^aws:/i.test(key)) return `the key ${name} begins with "aws:", which only AWS itself may use`;
  if (typeof value !== "string")
    return `the value of ${name} is text; given was ${value === undefined ? "undefined" : JSON.stringify(value)}`;
  if (value.length > longestValue)
    return `the value of ${name} has ${value.length} characters, of which a tag takes ${longestValue}`;
  const odd = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u.exec(`${key}${value}`)?.[0];
  return odd === undefined
    ? undefined
    : `the tag ${name} holds ${JSON.stringify(odd)}: tags take letters, digits, spaces and _ . : / = + - @`;
}
