import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change, CriticalResource } from "../../src/events.ts";
import { criticalPathOf } from "../../src/report/critical-path.ts";
import { changed } from "../support/render/report.ts";
import { timed } from "../support/report/timed.ts";

/** The path in words, e.g. `net -(uses)-> db`, with what passed idly before a resource in front of it. */
const wordsOf = (path: readonly CriticalResource[]): string =>
  path
    .map(({ id, after, idleMs }) => {
      const idle = idleMs > 0 ? `${idleMs} ` : "";
      return after === undefined ? `${idle}${id}` : ` -(${after})-> ${idle}${id}`;
    })
    .join("");

describe("the critical path", () => {
  test.each<[string, readonly Change[], string]>([
    ["of nothing is empty", [], ""],
    ["of what stands as it is is empty", [changed("a", "nothing", { startedMs: 0 })], ""],
    ["of one resource is that one", [timed("a", [0, 50])], "a"],
    ["is what took longest where all began at once", [timed("a", [0, 50]), timed("b", [0, 70])], "b"],
    [
      "goes back through what was used",
      [
        timed("net", [0, 100]),
        timed("db", [101, 900], { uses: ["net"] }),
        timed("app", [902, 1_000], { uses: ["db"] }),
      ],
      "net -(uses)-> 1 db -(uses)-> 2 app",
    ],
    [
      "takes of several used ones that which ended last",
      [
        timed("quick", [0, 100]),
        timed("slow", [0, 500]),
        timed("app", [500, 600], { uses: ["slow", "quick"] }),
      ],
      "slow -(uses)-> app",
    ],
    [
      "leaves out a longer branch that nobody waited for",
      [timed("slow", [0, 800]), timed("net", [0, 600]), timed("app", [600, 900], { uses: ["net"] })],
      "net -(uses)-> app",
    ],
    [
      "is not led astray by what ends at the same instant",
      [timed("net", [0, 600]), timed("other", [0, 601]), timed("app", [602, 900], { uses: ["net"] })],
      "net -(uses)-> 2 app",
    ],
    [
      "tells where the script waited for what it does not use",
      [timed("a", [0, 500]), timed("b", [501, 900])],
      "a -(order)-> 1 b",
    ],
    [
      "tells that it waited longer for another than for what it uses",
      [timed("net", [0, 100]), timed("other", [0, 700]), timed("app", [702, 900], { uses: ["net"] })],
      "other -(order)-> 2 app",
    ],
    [
      "tells how long the script was at something else before it went on",
      [timed("net", [0, 100]), timed("app", [3_100, 4_000], { uses: ["net"] })],
      "net -(uses)-> 3000 app",
    ],
    ["tells the same of the beginning", [timed("a", [2_000, 2_500])], "2000 a"],
    [
      "passes over what stood as it is",
      [
        changed("kept", "nothing", { startedMs: 0, uses: ["net"] }),
        timed("app", [3, 900], { uses: ["kept"] }),
      ],
      "3 app",
    ],
    [
      "goes back through users where things are deleted",
      [
        timed("app", [0, 100], { move: "delete", uses: ["db", "net"] }),
        timed("db", [100, 900], { move: "delete", uses: ["net"] }),
        timed("net", [900, 950], { move: "delete" }),
      ],
      "app -(used by)-> db -(used by)-> net",
    ],
    [
      "goes on from the last call to the deletions that come after all",
      [timed("new", [0, 400]), timed("old", [402, 700], { move: "delete" })],
      "new -(order)-> 2 old",
    ],
    [
      "goes on from a failure as from a success",
      [
        { ...timed("net", [0, 100]), error: { code: "BUSY", kind: "busy", message: "", advice: "" } },
        timed("again", [100, 300]),
      ],
      "net -(order)-> again",
    ],
    [
      "keeps one id that was worked on twice apart",
      [timed("a", [0, 100]), timed("a", [100, 300], { move: "delete" })],
      "a -(order)-> a",
    ],
    ["ends where one uses itself", [timed("a", [0, 100], { uses: ["a"] })], "a"],
    [
      "ends in a circle of what took no time",
      [timed("a", [5, 5], { uses: ["b"] }), timed("b", [5, 5], { uses: ["a"] })],
      "5 b -(uses)-> a",
    ],
  ])("%s", (_, changes, words) => {
    expect(wordsOf(criticalPathOf(changes))).toBe(words);
  });

  test("tells what each resource was at for longest, its wait for others aside", () => {
    const steps = [
      { step: "waiting", fromMs: 0, toMs: 100, waitsFor: ["net"] },
      { step: "queued", fromMs: 100, toMs: 130, why: "the pace that AWS bears" },
      { step: "sent", fromMs: 130, toMs: 140 },
      { step: "under way", fromMs: 140, toMs: 165 },
    ] as const;
    const [only] = criticalPathOf([timed("a", [100, 165], { steps })]);
    expect(only?.longest).toEqual({ step: "queued", fromMs: 100, toMs: 130, why: "the pace that AWS bears" });
  });

  test("is a chain in the order of time that ends with what ended last, whatever the run", () => {
    const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const change = fc
      .tuple(
        id,
        fc.nat(500),
        fc.nat(500),
        fc.array(id),
        fc.constantFrom("create" as const, "delete" as const),
      )
      .map(([name, from, length, uses, move]) => timed(name, [from, from + length], { uses, move }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const path = criticalPathOf(changes);
        const ends = changes.map(({ startedMs = 0, durationMs }) => startedMs + durationMs);
        expect(path.at(-1)?.toMs).toBe(ends.length > 0 ? Math.max(...ends) : undefined);
        path.forEach((one, i) => {
          expect(one.idleMs).toBe(one.fromMs - (path[i - 1]?.toMs ?? 0));
          expect(one.idleMs).toBeGreaterThanOrEqual(0);
          expect(one.after === undefined).toBe(i === 0);
        });
      }),
    );
  });

  test("of a run of 10,000 resources is found at once", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) =>
      timed(`r${i}`, [i * 10, i * 10 + 10], i > 0 ? { uses: [`r${i - 1}`] } : {}),
    );
    expect(criticalPathOf(chain)).toHaveLength(10_000);
  });
});
