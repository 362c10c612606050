import type { Change, CriticalResource, Step } from "../events.ts";
import { type TimedChange, type Times, makeTimes } from "./times.ts";

/** So much may pass in ms between the end of what a resource uses and its being declared: the script had to get there. */
const nearMs = 100;
/** Many end at any time: only what ended just before may be what a script has waited for without using it. */
const justBeforeMs = 10;

/**
 * The chain that decided how long a run took, first to last: from what ended last back to what it had waited for, and so
 * on. Empty where nothing has taken any time. What stands as it is takes none.
 */
export function criticalPathOf(changes: readonly Change[]): readonly CriticalResource[] {
  const times = makeTimes(changes);
  const path: CriticalResource[] = [];
  const passed = new Set<TimedChange>();
  let link: TimedChange | undefined = times.last();
  while (link !== undefined) {
    passed.add(link);
    const found = waitedFor(link, times);
    // What took no time may stand in a circle.
    const before = found && passed.has(found.timed) ? undefined : found;
    path.push(resourceOf(link, before));
    link = before?.timed;
  }
  return path.toReversed();
}

/** What a resource has waited for, and why. */
interface Before {
  readonly timed: TimedChange;
  readonly after: NonNullable<CriticalResource["after"]>;
}

function waitedFor(link: TimedChange, times: Times): Before | undefined {
  const isDeletion = link.change.move === "delete" || link.change.move === "forget";
  const needed = isDeletion ? times.lastUserBefore(link) : times.lastUsedBefore(link);
  const other = times.lastBefore(link);
  const since = (one: TimedChange): number => link.fromMs - one.toMs;
  const after = isDeletion ? "used by" : "uses";
  if (needed && since(needed) <= nearMs) return { timed: needed, after };
  if (other && since(other) <= justBeforeMs) return { timed: other, after: "order" };
  if (needed) return { timed: needed, after };
  return other && link.fromMs > nearMs ? { timed: other, after: "order" } : undefined;
}

function resourceOf({ change, fromMs, toMs }: TimedChange, before: Before | undefined): CriticalResource {
  const { id, type, move, steps = [] } = change;
  const longest = longestOf(steps);
  return {
    id,
    type,
    move,
    fromMs,
    toMs,
    ...(before && { after: before.after }),
    idleMs: fromMs - (before?.timed.toMs ?? 0),
    ...(longest && { longest }),
  };
}

/** What it waited for is told by the chain itself. */
const longestOf = (steps: readonly Step[]): Step | undefined =>
  steps
    .filter(({ step }) => step !== "waiting")
    .reduce<Step | undefined>(
      (best, one) => (best && lengthOf(best) >= lengthOf(one) ? best : one),
      undefined,
    );

const lengthOf = ({ fromMs, toMs }: Step): number => toMs - fromMs;
