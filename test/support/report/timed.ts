import type { Change, Move, Step } from "../../../src/events.ts";
import { changed } from "../render/report.ts";

/** A change that was worked on from one instant to another, in ms since the run began. */
export const timed = (
  id: string,
  [startedMs, toMs]: readonly [startedMs: number, toMs: number],
  { uses, move = "create", steps }: { uses?: readonly string[]; move?: Move; steps?: readonly Step[] } = {},
): Change =>
  changed(id, move, {
    startedMs,
    durationMs: toMs - startedMs,
    steps: steps ?? [{ step: "under way", fromMs: startedMs, toMs }],
    ...(uses && { uses }),
  });
