import type { Change, Move, Report } from "../../../src/events.ts";

/** A change of a queue, with what the test is about. */
export const changed = (id: string, move: Move, more: Partial<Change> = {}): Change => ({
  id,
  type: "AWS::SQS::Queue",
  move,
  durationMs: 0,
  ...more,
});

/** A report of a run that took 12.3 s. */
export const reported = (changes: readonly Change[], more: Partial<Report> = {}): Report => ({
  version: 2,
  app: "shop",
  stage: "dev",
  phase: "deploy",
  startedAt: "2026-01-02T12:00:00.000Z",
  ok: changes.every(({ error }) => !error),
  changes,
  calls: {},
  durationMs: 12_340,
  ...more,
});

/** What is thrown when a caller may not do something to a queue, as a report has it. */
export const denied = (id: string): NonNullable<Change["error"]> => ({
  code: "ACCESS_DENIED",
  kind: "denied",
  message: `AWS::SQS::Queue "${id}": not allowed to do this (ACCESS_DENIED). Ask for it.`,
  advice: "Ask for it.",
});

/** The escape character, which every sequence that steers a terminal begins with. */
export const escape: string = String.fromCharCode(27);

/** What colours are made of. */
export const sgr: RegExp = new RegExp(`${escape}\\[\\d+m`, "g");
