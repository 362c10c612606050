import type { Turn, Turns } from "../../scope/turns.ts";

/** Those of one rank that wait, in the order in which they came; all before `next` have been admitted. */
interface Line {
  readonly admits: (() => void)[];
  next: number;
}

/** Lets `most` at a time through; of those that wait first the one of the highest rank, and of these the first to come. */
export function makeTurns(most: number): Turns {
  // Ranks are lengths of chains: few, and small.
  const lines = new Map<number, Line>();
  let free = most;
  const takeNext = (): (() => void) | undefined => {
    const rank = Math.max(...lines.keys());
    const line = lines.get(rank);
    if (!line) return undefined;
    const admit = line.admits[line.next];
    line.next += 1;
    if (line.next === line.admits.length) lines.delete(rank);
    return admit;
  };
  const begin = (): Turn => {
    let isOver = false;
    return {
      end() {
        if (isOver) return;
        isOver = true;
        const admit = takeNext();
        if (admit) admit();
        else free += 1;
      },
    };
  };
  return {
    get isFull() {
      return free === 0;
    },
    take(rankOf) {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(begin());
      }
      return new Promise((resolve) => {
        const rank = rankOf();
        const line = lines.get(rank) ?? { admits: [], next: 0 };
        line.admits.push(() => resolve(begin()));
        lines.set(rank, line);
      });
    },
  };
}
