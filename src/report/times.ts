import type { Change } from "../events.ts";

/** A change that has taken time, in ms since the run began. */
export interface TimedChange {
  readonly change: Change;
  readonly fromMs: number;
  readonly toMs: number;
}

/** When the resources of a run were worked on; of several that end at once the first told of comes last. */
export interface Times {
  readonly all: readonly TimedChange[];
  /** What has ended last. */
  readonly last: () => TimedChange | undefined;
  /** What has ended last before this one began. */
  readonly lastBefore: (one: TimedChange) => TimedChange | undefined;
  /** The same among what it uses. */
  readonly lastUsedBefore: (one: TimedChange) => TimedChange | undefined;
  /** The same among what uses it. */
  readonly lastUserBefore: (one: TimedChange) => TimedChange | undefined;
}

/** Puts the changes that have taken time in order. What stands as it is took none: it has no steps. */
export function makeTimes(changes: readonly Change[]): Times {
  const all = changes.flatMap((change) => timedIn(change) ?? []);
  // Stable: what was told of first comes last among those that end at once.
  const byEnd = all.toReversed().toSorted((a, b) => a.toMs - b.toMs);
  const byId = groupBy(all, ({ change }) => [change.id]);
  const byUsed = groupBy(all, ({ change }) => change.uses ?? []);
  const isBefore = (one: TimedChange, link: TimedChange): boolean => one !== link && one.toMs <= link.fromMs;
  const lastAmong = (some: readonly TimedChange[], link: TimedChange): TimedChange | undefined =>
    some
      .filter((one) => isBefore(one, link))
      .reduce<TimedChange | undefined>(
        (best, one) => (best && best.toMs >= one.toMs ? best : one),
        undefined,
      );
  return {
    all,
    last: () => byEnd.at(-1),
    lastBefore: (link) => {
      const count = countUpTo(byEnd, link.fromMs);
      // It has ended itself by its beginning where it took no time.
      return byEnd[count - 1] === link ? byEnd[count - 2] : byEnd[count - 1];
    },
    lastUsedBefore: (link) =>
      lastAmong(
        (link.change.uses ?? []).flatMap((id) => byId.get(id) ?? []),
        link,
      ),
    lastUserBefore: (link) => lastAmong(byUsed.get(link.change.id) ?? [], link),
  };
}

function timedIn(change: Change): TimedChange | undefined {
  const { startedMs, steps, durationMs } = change;
  if (startedMs === undefined || steps === undefined) return undefined;
  return { change, fromMs: startedMs, toMs: startedMs + durationMs };
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

/** How many of those in the order of their ends have ended by then. */
function countUpTo(byEnd: readonly TimedChange[], ms: number): number {
  let [low, high] = [0, byEnd.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((byEnd[middle]?.toMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
