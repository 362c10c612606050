import { ResourceError } from "../errors.ts";

/** One page of a list, and the token of the next unless it is the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** How a list is read. */
export interface PageReader<T> {
  readonly fetch: (token: string | undefined) => Promise<Page<T>>;
  /** What tells an item from the others. */
  readonly keyOf: (item: T) => string;
}

/** Filtered lists may have empty pages (EC2, IAM); so many in a row that show nothing new are no list any more. */
const mostIdlePages = 1_000;

/** Reads a list to its end; one that has none (a token that comes again, pages that bring nothing new) is `UNAVAILABLE`. */
export async function* itemsOf<T>({ fetch, keyOf }: PageReader<T>): AsyncGenerator<T> {
  const tokens = new Set<string>();
  const keys = new Set<string>();
  let next: string | undefined;
  let idle = 0;
  do {
    const page = await fetch(next);
    const known = keys.size;
    for (const item of page.items) keys.add(keyOf(item));
    yield* page.items;
    idle = keys.size > known ? 0 : idle + 1;
    next = page.next;
    if (next && tokens.has(next)) throw endless("the service hands out the same NextToken again");
    if (next && idle >= mostIdlePages) throw endless(`${idle} pages in a row have shown nothing new`);
    if (next) tokens.add(next);
  } while (next);
}

const endless = (why: string): ResourceError =>
  new ResourceError("UNAVAILABLE", `the list does not end: ${why}`, {
    advice:
      "The service's list is broken at the moment: run it again later, or name what is meant by its identifier.",
  });
