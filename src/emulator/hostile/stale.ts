import type { Hostility } from "./options.ts";

/** For how long reads are out of date after one write, in ms, and whether they then find nothing at all. */
export interface Lag {
  readonly ms: number;
  readonly isMissing: boolean;
}

const none: Lag = { ms: 0, isMissing: false };

/** Up to which share of the draws reads lag for how long: mostly not at all, seldom for as long as is ever seen. */
const shares: readonly (readonly [upTo: number, longestMs: number])[] = [
  [0.5, 0],
  [0.75, 8_000],
  [0.9, 60_000],
  [1, Number.POSITIVE_INFINITY],
];

/** Draws how reads lag behind one write to a type. */
export function lagOf(hostility: Hostility | undefined, write: string, type: string): Lag {
  if (!hostility?.has("stale")) return none;
  const share = hostility.next(`${write} ${type} lag`);
  const [, longestMs = 0] = shares.find(([upTo]) => share < upTo) ?? [];
  const ms = Math.round(hostility.next(`${write} ${type} ms`) * Math.min(longestMs, hostility.staleMs));
  return { ms, isMissing: hostility.next(`${write} ${type} form`) < 0.25 };
}
