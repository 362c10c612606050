import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Event } from "../../src/events.ts";
import { type Live, live } from "../../src/render/live.ts";
import type { Environment } from "../../src/render/style.ts";
import { changed, denied, escape } from "../support/render/report.ts";

/** What shows and hides the cursor, and begins and ends a frame. */
const modes = new RegExp(`${escape}\\[\\?\\d+[hl]`, "g");

const jobs = { id: "jobs", type: "AWS::SQS::Queue" };
const started: Event = { ...jobs, name: "started", move: "create" };
const done: Event = { ...jobs, name: "done", change: changed("jobs", "create", { durationMs: 1_000 }) };

interface Watched extends Live {
  /** All that was written so far. */
  readonly written: () => string;
  /** Lets time pass. */
  readonly pass: (ms: number) => void;
  readonly timers: () => number;
}

/** A live view of a run on a screen that keeps what is written, and a clock that goes when told. */
function watched(isTTY: boolean, environment: Environment = {}): Watched {
  let text = "";
  const write = (chunk: unknown, _: unknown, next: () => void): void => {
    text += String(chunk);
    next();
  };
  const screen = Object.assign(new Writable({ write }), { isTTY, columns: 80, rows: 24 });
  let now = 0;
  const timers = new Set<{ at: number; readonly ms: number; readonly tick: () => void }>();
  const clock = {
    now: () => now,
    every: (ms: number, tick: () => void) => {
      const timer = { at: now + ms, ms, tick };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const pass = (ms: number): void => {
    for (const end = now + ms; now < end; now += 50) {
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timer.at += timer.ms;
        timer.tick();
      }
    }
  };
  return { ...live(screen, environment, clock), written: () => text, pass, timers: () => timers.size };
}

describe("in a pipe", () => {
  test("there is a line a change and no escape code", () => {
    const run = watched(false);
    run.hear(started);
    run.hear({ ...jobs, name: "retry", reason: "Rate exceeded", attempt: 3, waitMs: 2_100 });
    run.hear(done);
    run.hear({ ...jobs, name: "failed", change: changed("jobs", "create", { error: denied("jobs") }) });
    run.end();
    expect(run.written()).toMatchInlineSnapshot(`
      "  jobs  Rate exceeded: retry 3 in 2.1 s
      + jobs  AWS::SQS::Queue  created  (1.0 s)
      ! jobs  AWS::SQS::Queue  failed: not allowed to do this (ACCESS_DENIED). Ask for it.
      "
    `);
  });

  test("once a minute a line tells what is still under way, if anything is", () => {
    const run = watched(false);
    run.pass(70_000);
    expect(run.written()).toBe("");
    run.hear(started);
    for (let i = 0; i < 12; i += 1) run.hear({ ...started, id: `q${i}` });
    run.pass(110_000);
    for (let i = 0; i < 12; i += 1) run.hear({ ...done, id: `q${i}`, change: changed("q", "nothing") });
    run.pass(60_000);
    run.hear({ ...done, change: changed("jobs", "nothing") });
    run.pass(600_000);
    expect(run.written()).toMatchInlineSnapshot(`
      "  still under way after 2 min: jobs (AWS::SQS::Queue), q0 (AWS::SQS::Queue), q1 (AWS::SQS::Queue), q2 (AWS::SQS::Queue), q3 (AWS::SQS::Queue), q4 (AWS::SQS::Queue), q5 (AWS::SQS::Queue), q6 (AWS::SQS::Queue), q7 (AWS::SQS::Queue), q8 (AWS::SQS::Queue), and 3 more
        still under way after 3 min: jobs (AWS::SQS::Queue)
      "
    `);
  });

  test.each([true, false])(
    "what is only planned has no line: the plan tells of it (terminal: %s)",
    (isTTY) => {
      const run = watched(isTTY, { NO_COLOR: "1" });
      run.hear({ ...jobs, name: "planned", change: changed("jobs", "create") });
      run.pass(200);
      run.end();
      expect(run.written()).not.toContain("jobs");
    },
  );

  test("the end leaves no timer behind", () => {
    const run = watched(false);
    expect(run.timers()).toBe(1);
    run.end();
    expect(run.timers()).toBe(0);
  });

  test("a script's own text passes as it is", () => {
    const run = watched(false);
    run.aside("half a ");
    run.aside("line");
    expect(run.written()).toBe("half a line");
  });
});

describe("whether anybody watches", () => {
  const isTable = (isTTY: boolean, environment: Environment): boolean => {
    const run = watched(isTTY, environment);
    run.hear(started);
    run.pass(500);
    run.end();
    return run.written().includes(escape);
  };

  test.each<[boolean, Environment, boolean]>([
    [true, {}, true],
    [false, {}, false],
    [false, { FORCE_COLOR: "1" }, false],
    [true, { NO_COLOR: "1" }, true],
    [true, { CI: "true" }, false],
    [true, { CI: "1" }, false],
    [true, { CI: "false" }, true],
    [true, { CI: "" }, true],
    [true, { TERM: "dumb" }, false],
    [true, { TERM: "xterm-256color" }, true],
  ])("is told by a terminal (%s) and %o: %s", (isTTY, environment, expected) => {
    expect(isTable(isTTY, environment)).toBe(expected);
  });
});

describe("on a terminal", () => {
  test("frames are drawn ten times a second at most, and only where something has changed", () => {
    const run = watched(true, { NO_COLOR: "1" });
    run.hear(started);
    run.pass(1_000);
    const frames = (): number => run.written().split("creating").length - 1;
    const before = frames();
    expect(before).toBeLessThanOrEqual(3);
    for (let i = 0; i < 100; i += 1)
      run.hear({ ...jobs, name: "progress", elapsedMs: i, message: `at ${i}` });
    run.pass(100);
    expect(run.written().split("at ").length - 1).toBeLessThanOrEqual(1);
    run.end();
  });

  test("what has ended stays, the table goes, and no timer is left", () => {
    const run = watched(true, { NO_COLOR: "1" });
    run.hear(started);
    run.pass(300);
    run.hear(done);
    run.end();
    expect(run.timers()).toBe(0);
    // What stands after the last erasing of lines is what stays on the screen.
    const last = run.written().split(`${escape}[G`).at(-1)?.replaceAll(modes, "");
    expect(last).toBe("+ jobs  AWS::SQS::Queue  created  (1.0 s)\n");
  });

  test("a pause is told beside its resource, and leaves no line", () => {
    const run = watched(true, { NO_COLOR: "1" });
    run.hear({ ...jobs, name: "retry", reason: "Rate exceeded", attempt: 3, waitMs: 2_100 });
    run.pass(200);
    expect(run.written()).toContain("Rate exceeded, retry 3 in");
    run.end();
    expect(run.written().split(`${escape}[G`).at(-1)?.replaceAll(modes, "")).toBe("");
  });

  test("a script's text waits for its line to end, and stands whole in the order it came", () => {
    const run = watched(true, { NO_COLOR: "1" });
    run.hear(started);
    run.aside("one\nt");
    run.pass(200);
    run.aside("w");
    run.aside("o\nthree");
    run.end();
    const plain = run.written().replaceAll(new RegExp(`${escape}\\[\\??\\d*\\w`, "g"), "");
    const kept = plain.split("\n").filter((line) => /^(one|[two]*|three)$/.test(line));
    expect(kept).toEqual(["one", "two", "three"]);
  });
});
