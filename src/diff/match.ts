/** Tells whether the left item may go together with the right one, both given by index. */
export type Fits = (left: number, right: number) => boolean;

/** Who goes with whom: the right index of each left item or -1, and the items on both sides that are left over. */
export interface Pairs {
  readonly pairs: number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Pairs the items whose texts are equal and that are `alike`. */
export function pairEqual(
  [lefts, rights]: readonly [readonly string[], readonly string[]],
  alike: Fits,
): Pairs {
  const free = new Map<string, number[]>();
  for (const [i, text] of rights.entries()) {
    const same = free.get(text);
    if (same) same.push(i);
    else free.set(text, [i]);
  }
  const pairs = lefts.map((text, i) => {
    const same = free.get(text);
    return same?.length && alike(i, same.at(-1) ?? 0) ? (same.pop() ?? -1) : -1;
  });
  const left = pairs.flatMap((seat, i) => (seat === -1 ? [i] : []));
  return { pairs, left, right: [...free.values()].flat().toSorted((a, b) => a - b) };
}

/** How often `fits` is asked before two lists count as different: 256 items against 256. */
export const budget: number = 256 * 256;

/**
 * Pairs every left item with a right item of its own that fits it, the one at the same index first. Returns the
 * right index of each left item, or undefined when there is no such pairing or the budget is spent.
 */
export function perfectMatch(size: number, fits: Fits): number[] | undefined {
  const graph = graphOf(size, fits);
  const rightOf: number[] = [];
  const leftOf: number[] = [];
  for (let left = 0; left < size; left++) {
    const path =
      graph.fits(left, left) && leftOf[left] === undefined ? [[left, left]] : freePath(graph, left, leftOf);
    if (!path) return undefined;
    for (const [from = 0, to = 0] of path) {
      rightOf[from] = to;
      leftOf[to] = from;
    }
  }
  return rightOf;
}

interface Graph {
  readonly size: number;
  readonly fits: Fits;
}

function graphOf(size: number, fits: Fits): Graph {
  const known = new Map<number, boolean>();
  return {
    size,
    fits: (left, right) => {
      const edge = left * size + right;
      const answer = known.get(edge) ?? (known.size < budget && fits(left, right));
      known.set(edge, answer);
      return answer;
    },
  };
}

/** Finds, breadth first, the shortest way to seat `start` by moving others: pairs [left, right], last first. */
function freePath(graph: Graph, start: number, leftOf: readonly number[]): number[][] | undefined {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const left of queue) {
    for (let right = 0; right < graph.size; right++) {
      if (cameFrom.has(right) || !graph.fits(left, right)) continue;
      cameFrom.set(right, left);
      const holder = leftOf[right];
      if (holder === undefined) return wayBack(cameFrom, leftOf, { start, right });
      queue.push(holder);
    }
  }
  return undefined;
}

function wayBack(
  cameFrom: ReadonlyMap<number, number>,
  leftOf: readonly number[],
  { start, right }: { readonly start: number; readonly right: number },
): number[][] {
  const pairs: number[][] = [];
  for (let seat = right; ;) {
    const left = cameFrom.get(seat) ?? start;
    pairs.push([left, seat]);
    if (left === start) return pairs;
    seat = leftOf.indexOf(left);
  }
}
