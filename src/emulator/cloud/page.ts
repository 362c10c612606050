/** One page of a list and, unless it is the last, the token of the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** Cuts a page out of a list; undefined when the token is not one of ours. */
export function pageOf<T>(all: readonly T[], size: number, token: string | undefined): Page<T> | undefined {
  const start = token === undefined ? 0 : offsetIn(token);
  if (start === undefined || start > all.length) return undefined;
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length && { nextToken: tokenFor(end) }) };
}

const prefix = "from:";

const tokenFor = (offset: number): string => Buffer.from(`${prefix}${offset}`).toString("base64");

function offsetIn(token: string): number | undefined {
  const text = Buffer.from(token, "base64").toString();
  const offset = Number(text.slice(prefix.length));
  return text.startsWith(prefix) && Number.isSafeInteger(offset) && offset > 0 ? offset : undefined;
}
