import { type Drawing, framesOf } from "./drawing.ts";

/** What keeps a layout from standing in one column. */
export interface Hints {
  /** Over how many columns an arrow goes at least, by its place among the arrows. */
  readonly lengths: ReadonlyMap<number, number>;
  /** Boxes that nothing joins, the second one column further. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Whether columns go through all frames, rather than each frame having its own, which many arrows make slow. */
  readonly ranksWhole: boolean;
  /** Whether room is kept for how many uses an arrow stands for: each such label is laid out as a box of its own. */
  readonly hasCounts: boolean;
  /** How hard crossings are fought, as a share of Graphviz's own effort: of many boxes a reader sees no difference. */
  readonly effort: number;
}

/** Graphviz as it is. */
export const noHints: Hints = {
  lengths: new Map(),
  pairs: [],
  ranksWhole: false,
  hasCounts: true,
  effort: 1,
};

/** Spreads over several columns what many use and nothing uses, and what nothing joins. */
export function spread(drawing: Drawing): Hints {
  return {
    lengths: lengthsOf(drawing),
    pairs: pairsOf(drawing),
    ranksWhole: drawing.arrows.length <= fewArrows,
    hasCounts: false,
    effort: drawing.arrows.length <= fewArrows ? 1 : 0.2,
  };
}

/** Up to so many it takes a tenth of a second at most. */
const fewArrows = 100;

/** So many columns that what stands in them is about twice as wide as high. */
const columnsFor = (count: number): number => Math.max(1, Math.ceil(Math.sqrt(count / 4)));

function lengthsOf({ arrows }: Drawing): Hints["lengths"] {
  const isUsed = new Set(arrows.map(({ to }) => to));
  const fans = new Map<string, number[]>();
  for (const [i, { from, to }] of arrows.entries()) {
    if (isUsed.has(from)) continue;
    const fan = fans.get(to);
    if (fan) fan.push(i);
    else fans.set(to, [i]);
  }
  const lengths = new Map<number, number>();
  for (const fan of fans.values()) {
    const columns = columnsFor(fan.length);
    if (columns > 1) for (const [nth, i] of fan.entries()) lengths.set(i, 1 + (nth % columns));
  }
  return lengths;
}

function pairsOf(drawing: Drawing): Hints["pairs"] {
  const isJoined = new Set(drawing.arrows.flatMap(({ from, to }) => [from, to]));
  return framesOf(drawing).flatMap(([, boxes]) => {
    const alone = boxes.map(({ key }) => key).filter((key) => !isJoined.has(key));
    const columns = columnsFor(alone.length);
    return alone.flatMap((key, i) => {
      const next = alone[i + 1];
      // What is used stands on the left, and so the first of a row has to be used by the second.
      return next === undefined || (i + 1) % columns === 0 ? [] : [[next, key] as const];
    });
  });
}
