import { type Durations, type EndedBetween, noDurations, noteEnd, shareEndedBy } from "./durations.ts";

/** How long operations take, as learned by this run and those before it, by what is done to which type. */
export interface Timing {
  durationsOf(work: string): Durations;
  /** The share that had ended within so many ms in earlier runs: in this one the slow ones have not ended yet. */
  expectedBy(work: string, ms: number): number;
  note(work: string, ended: EndedBetween): void;
}

/** A timing whose knowledge can be kept. */
export interface KeptTiming extends Timing {
  readonly all: ReadonlyMap<string, Durations>;
  /** How many operations it has learned from that took long enough to be worth keeping. */
  readonly learned: number;
}

/** What ends sooner is found ended by the first ask or the second, whatever is known. */
const worthMs = 1_000;

/** Begins with what earlier runs have learned. */
export function keepTiming(known: ReadonlyMap<string, Durations> = new Map()): KeptTiming {
  const all = new Map(known);
  let learned = 0;
  return {
    all,
    get learned() {
      return learned;
    },
    expectedBy: (work, ms) => shareEndedBy(known.get(work) ?? noDurations, ms),
    durationsOf: (work) => all.get(work) ?? noDurations,
    note: (work, ended) => {
      all.set(work, noteEnd(all.get(work) ?? noDurations, ended));
      if (ended.byMs >= worthMs) learned += 1;
    },
  };
}
