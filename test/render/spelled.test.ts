import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change, Event, Report } from "../../src/events.ts";
import { driftText } from "../../src/render/drift-text.ts";
import { lineOf } from "../../src/render/lines.ts";
import { planText } from "../../src/render/plan-text.ts";
import { onOneLine, quoteForShell, spellUnruly } from "../../src/render/spell-unruly.ts";
import { type Style, styleFor, plainStyle } from "../../src/render/style.ts";
import { summaryText } from "../../src/render/summary-text.ts";
import { tableText } from "../../src/render/table.ts";
import { escape, sgr } from "../support/render/report.ts";

test("unruly characters are spelled out; only a line feed may stay", () => {
  const evil = `a\n\tb${escape}[2J\u009b\u202e\u2028`;
  expect(spellUnruly(evil)).toBe(String.raw`a
\u0009b\u001b[2J\u009b\u202e\u2028`);
  expect(onOneLine(evil)).toBe(String.raw`a\u000a\u0009b\u001b[2J\u009b\u202e\u2028`);
  expect(spellUnruly("naïve 日本 👩‍👩‍👧 ⟨api.ApiId⟩")).toBe("naïve 日本 👩‍👩‍👧 ⟨api.ApiId⟩");
});

describe("a word for the shell", () => {
  const inBash = (words: readonly string[]): string =>
    execFileSync("bash", ["--norc", "-c", `printf '%s\\0' ${words.map(quoteForShell).join(" ")}`], {
      encoding: "utf8",
      env: { LC_ALL: "C.UTF-8" },
    });

  test("is what bash reads, whatever it holds", () => {
    const word = fc.string({
      unit: fc.constantFrom(..."ab'\"$`\\|&;<>(){}*?~#! \n\t\u001b\u009b\u202eü".split("")),
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        expect(inBash(words)).toBe(words.map((one) => `${one}\0`).join(""));
      }),
      { numRuns: 30 },
    );
  });

  test("is left as it is where nothing in it is special, and empty is a word too", () => {
    expect(["AWS::SQS::Queue", "https://sqs/a", "", "a|b"].map(quoteForShell)).toEqual([
      "AWS::SQS::Queue",
      "https://sqs/a",
      "''",
      "'a|b'",
    ]);
  });
});

describe("whatever names, values and messages hold", () => {
  // Bold, which nothing of ours is: one that comes through came from outside.
  const foreign = fc.constantFrom(`${escape}[1m`, "\u0007", "\r", "\u009b2J", "\u202e", "x", "\n");
  const text = fc.array(foreign, { maxLength: 4 }).map((parts) => parts.join(""));
  const failure = fc.record({
    code: fc.constant("BUSY" as const),
    kind: fc.constant("busy" as const),
    message: text,
    advice: text,
  });
  const change: fc.Arbitrary<Change> = fc.record(
    {
      id: text,
      type: text,
      move: fc.constantFrom("nothing", "create", "adopt", "update", "replace", "delete", "forget"),
      identifier: text,
      patch: fc.array(fc.record({ op: fc.constant("add" as const), path: text, value: text })),
      because: fc.array(fc.record({ path: text, from: text, to: text })),
      desired: fc.dictionary(text, fc.dictionary(text, text)),
      unknown: fc.array(text),
      unmanaged: fc.array(text),
      drift: fc.constantFrom("same", "drifted", "missing", "not comparable"),
      paths: fc.array(text),
      why: text,
      error: failure,
      durationMs: fc.nat(),
    },
    { requiredKeys: ["id", "type", "move", "durationMs"] },
  );
  const report: fc.Arbitrary<Report> = fc.record(
    {
      version: fc.constant(2 as const),
      app: text,
      stage: text,
      phase: fc.constantFrom("deploy", "plan", "destroy", "drift"),
      startedAt: text,
      ok: fc.boolean(),
      changes: fc.array(change, { maxLength: 3 }),
      stopped: failure,
      renames: fc.array(fc.record({ from: text, to: text, type: text }), { maxLength: 2 }),
      calls: fc.constant({}),
      durationMs: fc.nat(),
    },
    {
      requiredKeys: ["version", "app", "stage", "phase", "startedAt", "ok", "changes", "calls", "durationMs"],
    },
  );
  const coloured = styleFor({}, { FORCE_COLOR: "1" });

  const isTame = (draw: (style: Style) => string): void => {
    const shown = draw(coloured);
    expect(shown).not.toContain(`${escape}[1m`);
    const plain = shown.replaceAll(sgr, "");
    expect(plain).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(plain).toBe(draw(plainStyle));
  };

  test("reports cannot steer the terminal, and colours are the only difference they make", () => {
    fc.assert(
      fc.property(report, (one) => {
        isTame((style) => planText(one, style, { all: true }));
        isTame((style) => driftText(one, style, { all: true }));
        isTame((style) => summaryText(one, style));
      }),
    );
  });

  test("lines cannot either", () => {
    const about = { id: text, type: text };
    const event: fc.Arbitrary<Event> = fc.oneof(
      fc.record({ ...about, name: fc.constantFrom("done", "planned", "failed"), change }),
      fc.record({ ...about, name: fc.constant("warning" as const), message: text }),
      fc.record({ name: fc.constant("notice" as const), message: text }),
      fc.record({
        ...about,
        name: fc.constant("retry" as const),
        reason: text,
        attempt: fc.nat(),
        waitMs: fc.nat(),
      }),
    );
    fc.assert(fc.property(event, (one) => isTame((style) => lineOf(one, style) ?? "")));
  });

  test("nor can rows of the table, which stay on their lines", () => {
    const row = fc.record({
      id: text,
      type: text,
      move: fc.constant("create" as const),
      since: fc.constant(0),
      wait: fc.record({
        for: fc.constant("retry" as const),
        reason: text,
        attempt: fc.nat(),
        until: fc.nat(),
      }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
        const frame = { rows, ended: 0, total: rows.length, elapsedMs: 0, now: 0 };
        const size = { columns: 200, rows: 24 };
        isTame((style) => tableText(frame, size, style));
        expect(tableText(frame, size, plainStyle).split("\n")).toHaveLength(rows.length + 1);
      }),
    );
  });
});
