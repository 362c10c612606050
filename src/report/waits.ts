import type { Change, Step } from "../events.ts";
import { type TimedChange, makeTimes } from "./times.ts";

/**
 * The changes with what each of them had to wait for before it could be declared at all: the resources it uses, in the
 * order in which they ended, from when the first of these was begun.
 */
export function withWaits(changes: readonly Change[]): readonly Change[] {
  const times = makeTimes(changes);
  if (times.all.length === 0) return changes;
  const byId = new Map(times.all.map((one) => [one.change.id, one]));
  return changes.map((change) => {
    const { steps, startedMs = 0, uses = [], move } = change;
    // What is deleted waits for what uses it, and has told so itself.
    if (!steps || move === "delete" || move === "forget") return change;
    const waited = uses.flatMap((id) => endedBy(byId.get(id), startedMs)).toSorted((a, b) => a.toMs - b.toMs);
    const wait = waitFor(waited, startedMs);
    return wait ? { ...change, steps: [wait, ...steps] } : change;
  });
}

const endedBy = (one: TimedChange | undefined, ms: number): readonly TimedChange[] =>
  one && one.toMs <= ms && one.toMs > one.fromMs ? [one] : [];

function waitFor(waited: readonly TimedChange[], toMs: number): Step | undefined {
  if (waited.length === 0) return undefined;
  const fromMs = Math.min(...waited.map((one) => one.fromMs));
  return { step: "waiting", fromMs, toMs, waitsFor: waited.map(({ change }) => change.id) };
}
