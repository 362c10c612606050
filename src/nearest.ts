/**
 * Finds the name that was probably meant: the same but for case, else the one with the fewest edits, of which one is
 * allowed for every three letters (swapping two neighbours is one). Undefined when nothing is near.
 */
export function nearest(name: string, among: Iterable<string>): string | undefined {
  const given = name.toLowerCase();
  let best: string | undefined;
  let limit = Math.floor(given.length / 3);
  for (const candidate of among) {
    const edits = editsBetween(given, candidate.toLowerCase(), limit);
    if (edits > limit) continue;
    best = candidate;
    if (edits === 0) break;
    limit = edits - 1;
  }
  return best;
}

/** Optimal string alignment distance; only as exact as needed to tell whether it is within `limit`. */
function editsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(above, j) + 1,
        at(row, j - 1) + 1,
        at(above, j - 1) + (same ? 0 : 1),
        swapped ? at(before, j - 2) + 1 : Infinity,
      );
    }
    [before, above] = [above, row];
  }
  return at(above, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
