import { type Json, type Props, expand, isList, isProps, valueAt } from "../../json.ts";
import type { Facts } from "../../schema/facts.ts";
import type { Journal } from "../../scope/journal.ts";

/** Shorter values may stand in a text by chance. In characters. */
export const shortestName = 6;

/** The values by which later calls can be seen to use this resource: read-only ones and its identifier, not too short to be telling. */
export function namesOf(facts: Facts, identifier: string, live: Props): readonly string[] {
  const patterns = [...(facts.readOnly ?? []), ...(facts.primaryIdentifier ?? [])];
  const values = patterns.flatMap((pattern) =>
    expand(live, pattern).map((pointer) => valueAt(live, pointer)),
  );
  const names = [identifier, ...values.filter((value) => typeof value === "string")];
  return [...new Set(names)].filter((name) => name.length >= shortestName);
}

type Resolved = Pick<Journal, "resolved" | "words" | "unworded">;

/** The words of a text: what stands between others than letters and digits. */
const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z0-9]+/g) ?? [];

/** The key of names without a word, e.g. of a script that has no Latin letters. */
const wordless = "";

/** Takes note of a resource that this run has brought to its desired state, begun after so many others had been. */
export function noteResolved(
  journal: Resolved,
  id: string,
  names: () => readonly string[],
  begunAfter: number = journal.resolved.size,
): void {
  let found: readonly string[] | undefined;
  const resolved = { nth: journal.resolved.size, begunAfter, names: () => (found ??= names()) };
  journal.resolved.set(id, resolved);
  journal.unworded.add(id);
}

/** Of calls that all begin at once none is searched for the others: their names are put in order when one is. */
function putInWords(journal: Resolved): void {
  for (const id of journal.unworded) {
    for (const name of journal.resolved.get(id)?.names() ?? []) {
      const word = rarestOf(journal, wordsIn(name));
      const ids = journal.words.get(word);
      if (ids) ids.add(id);
      else journal.words.set(word, new Set([id]));
    }
  }
  journal.unworded.clear();
}

/** Of the words of a name the one that fewest names are found by: all ARNs of an account share the others. */
function rarestOf({ words }: Resolved, all: readonly string[]): string {
  const count = (word: string): number => words.get(word)?.size ?? 0;
  return all.reduce((best, word) => {
    const [a, b] = [count(word), count(best)];
    return best === wordless || a < b || (a === b && word.length > best.length) ? word : best;
  }, wordless);
}

function collectTexts(value: Json, texts: string[]): void {
  if (typeof value === "string") texts.push(value);
  else if (isList(value)) for (const item of value) collectTexts(item, texts);
  else if (isProps(value)) for (const member of Object.values(value)) collectTexts(member, texts);
}

/** The ids of resources resolved so far whose names stand in these properties, in the order in which they were resolved. */
export function usedBy(journal: Resolved, id: string, desired: Props): readonly string[] {
  putInWords(journal);
  if (journal.words.size === 0) return [];
  const texts: string[] = [];
  collectTexts(desired, texts);
  const text = texts.join("\n");
  const candidates = new Set<string>(journal.words.get(wordless));
  for (const word of wordsIn(text)) for (const used of journal.words.get(word) ?? []) candidates.add(used);
  candidates.delete(id);
  if (candidates.size === 0) return [];
  const nthOf = (used: string): number => journal.resolved.get(used)?.nth ?? 0;
  return [...candidates]
    .filter((candidate) =>
      journal.resolved
        .get(candidate)
        ?.names()
        .some((name) => indexOfWhole(text, name) !== -1),
    )
    .toSorted((a, b) => nthOf(a) - nthOf(b));
}

/**
 * Where a text holds a name whole, -1 where it does not: `abcdefghij` stands in `https://abcdefghij.example` but not in
 * `abcdefghijk`.
 */
export function indexOfWhole(text: string, name: string): number {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + name.length] ?? " ";
    if (!/[A-Za-z0-9]/.test(before) && !/[A-Za-z0-9]/.test(after)) return at;
  }
  return -1;
}
