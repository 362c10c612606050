/** Numbers from 0 to 1 that only a seed and what they are for decide. */
export interface Drawing {
  /** The next one for events of this kind. */
  readonly next: (kind: string) => number;
}

/** Draws by a seed, each kind of event from a row of its own. */
export function drawing(seed: number): Drawing {
  const counts = new Map<string, number>();
  return {
    next: (kind) => {
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      return chance(seed, kind, count);
    },
  };
}

/** A number from 0 to 1, the same for the same words (FNV-1a, then the finish of MurmurHash3). */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(words)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The items in an order that only the words decide. */
export function shuffle<T>(items: readonly T[], ...words: readonly (string | number)[]): T[] {
  return items
    .map((item, i) => ({ item, rank: chance(...words, i) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
