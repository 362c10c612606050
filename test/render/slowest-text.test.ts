import { describe, expect, test } from "vitest";
import type { Change, CriticalResource } from "../../src/events.ts";
import { criticalPathOf } from "../../src/report/critical-path.ts";
import { slowestText } from "../../src/render/slowest-text.ts";
import { summaryText } from "../../src/render/summary-text.ts";
import { changed, escape, reported } from "../support/render/report.ts";
import { timed } from "../support/report/timed.ts";

const changes: readonly Change[] = [
  timed("net", [0, 2_000]),
  timed("cache", [0, 30_000]),
  timed("db", [2_000, 63_000], { uses: ["net"] }),
  timed("app", [63_000, 70_100], { uses: ["db"] }),
  timed("alarm", [70_101, 71_000]),
  changed("kept", "nothing", { startedMs: 0 }),
];
const long = (all: readonly Change[], more: { readonly criticalPath?: readonly CriticalResource[] } = {}) =>
  reported(all, { durationMs: 71_500, criticalPath: criticalPathOf(all), ...more });

describe("where the time of a run has gone", () => {
  test("is told by the three that took longest and by the chain that decided", () => {
    expect(slowestText(long(changes))).toBe(
      [
        "Took longest: db 1 min 1 s, cache 30.0 s, app 7.1 s.",
        "Critical path: net 2.0 s → db 1 min 1 s → app 7.1 s ⇢ alarm 0.9 s.",
      ].join("\n"),
    );
  });

  test("stands above the totals, which stay the last line", () => {
    const lines = summaryText(long(changes)).split("\n");
    expect(lines[0]).toMatch(/^Took longest: /);
    expect(lines.at(-1)).toMatch(/^Deployed: /);
  });

  test("tells a chain of one once, and of a long one its end", () => {
    expect(slowestText(long([timed("a", [0, 71_000])]))).toBe("Took longest: a 1 min 11 s.");
    const chain = Array.from({ length: 500 }, (_, i) =>
      timed(`r${i}`, [i * 100, i * 100 + 100], i > 0 ? { uses: [`r${i - 1}`] } : {}),
    );
    const path = slowestText(long(chain)).split("\n")[1] ?? "";
    expect(path.startsWith("Critical path: … → r492 0.1 s → ")).toBe(true);
    expect(path.endsWith("r499 0.1 s.")).toBe(true);
  });

  test.each([
    ["of a short run", reported(changes, { durationMs: 9_999, criticalPath: criticalPathOf(changes) })],
    ["of a run that did nothing", reported([changed("kept", "nothing")], { durationMs: 60_000 })],
  ])("is not told %s", (_, report) => {
    expect(slowestText(report)).toBe("");
  });

  test("holds no character that steers the terminal", () => {
    const text = slowestText(
      long([timed(`a${escape}[2J\u202e\n`, [0, 40_000]), timed("b", [40_000, 71_000])]),
    );
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(text.split("\n")).toHaveLength(2);
  });
});
