import { type Durations, type EndedBetween, noDurations, noteEnd, shareEndedBy } from "./durations.ts";

/** How long operations take, as learned by this run and those before it, by what is done to which type. */
export interface Timing {
  durationsOf(work: string): Durations;
  /** The share that had ended within so many ms in earlier runs: in this one the slow ones have not ended yet. */
  expectedBy(work: string, ms: number): number;
  note(work: string, ended: EndedBetween): void;
}

/** Begins with what earlier runs have learned. */
export function keepTiming(known: ReadonlyMap<string, Durations> = new Map()): Timing & {
  readonly all: ReadonlyMap<string, Durations>;
} {
  const all = new Map(known);
  return {
    all,
    expectedBy: (work, ms) => shareEndedBy(known.get(work) ?? noDurations, ms),
    durationsOf: (work) => all.get(work) ?? noDurations,
    note: (work, ended) => void all.set(work, noteEnd(all.get(work) ?? noDurations, ended)),
  };
}
