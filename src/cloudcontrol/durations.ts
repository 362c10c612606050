/**
 * How long operations of one kind have taken: weights by logarithmic classes of time. Those of one run count alike, in
 * whatever order they ended: of many that began together the slowest end last. What earlier runs have seen counts less.
 */
export interface Durations {
  /** Of each class that anything fell into, its number and weight, in order. */
  readonly classes: readonly (readonly [nth: number, weight: number])[];
}

/** When an operation ended, by when it was asked for: ms since it began. */
export interface EndedBetween {
  /** It still ran then; 0 where nobody had asked before. */
  readonly afterMs: number;
  /** It had ended by then. */
  readonly byMs: number;
}

/** Nothing known. */
export const noDurations: Durations = { classes: [] };

/** How much longer one class is than the one before: no duration is known more closely than this. */
export const classRatio = 1.04;
/** For so many operations at most do those of earlier runs count. */
const mostWeight = 32;
/** Two asks so close together tell when an operation ended. */
const closeRatio = 1.2;
/** What had ended when it was first asked for took less than any before it, nobody knows by how much. */
const stepRatio = 0.85;
const boldStepRatio = 0.7;
/** Of so few nobody knows how much they differ. */
const fewWeight = 8;
/** An operation that took so much longer than any other is no straggler. */
const longRatio = 1.3;
/** It counts for as much more against what was known: the service may not be what it was. */
const surpriseWeight = 8;

const classOf = (ms: number): number => Math.round(Math.log(Math.max(1, ms)) / Math.log(classRatio));

/** The middle of a class, in ms. */
const middleOf = (nth: number): number => classRatio ** nth;

/** Tells for how many operations it counts. */
export const weightOf = ({ classes }: Durations): number =>
  classes.reduce((sum, [, weight]) => sum + weight, 0);

/** Takes in another operation, as far as it is known when that ended. */
export function noteEnd(known: Durations, ended: EndedBetween): Durations {
  const { afterMs, byMs } = ended;
  const weight = weightOf(known);
  const longest = quantileOf(known, 1) ?? Infinity;
  const doubted = scale(known, weight / (weight + surpriseWeight));
  const believed = afterMs > longest * longRatio ? doubted : known;
  const within = classesBetween(believed, ended);
  if (within.length > 0) return add(believed, within);
  if (afterMs * 2 >= byMs) return add(believed, [[classOf(Math.sqrt(afterMs * byMs)), 1]]);
  // It is asked for sooner from now on, until it is found running once.
  const step = weight < fewWeight ? boldStepRatio : stepRatio;
  return add(doubted, [[classOf(byMs * step), 1]]);
}

/** Where two asks leave open when an operation ended, others like it say where it may have. */
function classesBetween(known: Durations, { afterMs, byMs }: EndedBetween): Durations["classes"] {
  if (byMs <= afterMs * closeRatio) return [];
  const within = known.classes.filter(([nth]) => middleOf(nth) > afterMs && middleOf(nth) <= byMs);
  const whole = within.reduce((sum, [, weight]) => sum + weight, 0);
  return within.map(([nth, weight]) => [nth, weight / whole]);
}

/** Puts together what two have seen. */
export const merge = (one: Durations, other: Durations): Durations => add(one, other.classes);

/** What a later run begins with, so many half-lives after: it counts half as much for each of them, and not for many. */
export function remember(known: Durations, halfLives = 0): Durations {
  const weight = weightOf(known);
  return scale(known, Math.min(1, mostWeight / weight) * 2 ** -Math.max(0, halfLives));
}

/** The share of operations that had ended within so many ms; 0 where it took longer than any, or nothing is known. */
export function shareEndedBy(known: Durations, ms: number): number {
  const whole = weightOf(known);
  const longest = quantileOf(known, 1);
  if (longest === undefined || ms > longest * shareRatio) return 0;
  const ended = known.classes.filter(([nth]) => middleOf(nth) <= ms);
  return weightOf({ classes: ended }) / whole;
}

/** So little longer than any other is still as long as they are. */
const shareRatio = 1.1;

/** The duration within which a share (0 to 1) of the operations ended, in ms: the end of its class. */
export function quantileOf({ classes }: Durations, share: number): number | undefined {
  const whole = classes.reduce((sum, [, weight]) => sum + weight, 0);
  let sum = 0;
  for (const [nth, weight] of classes) {
    sum += weight;
    // A share of all is all, whatever the last digits of the sum say.
    if (sum >= whole * share - 1e-9) return middleOf(nth) * Math.sqrt(classRatio);
  }
  return undefined;
}

function add(known: Durations, more: Durations["classes"]): Durations {
  const weights = new Map(known.classes);
  for (const [nth, weight] of more) weights.set(nth, (weights.get(nth) ?? 0) + weight);
  return { classes: [...weights].sort(([one], [other]) => one - other) };
}

/** What counts next to nothing is forgotten. */
const leastWeight = 0.05;

const scale = ({ classes }: Durations, factor: number): Durations => ({
  classes: classes.flatMap(([nth, weight]) =>
    weight * factor < leastWeight ? [] : [[nth, weight * factor] as const],
  ),
});
