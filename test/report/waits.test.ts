import { expect, test } from "vitest";
import type { Change } from "../../src/events.ts";
import { withWaits } from "../../src/report/waits.ts";
import { changed } from "../support/render/report.ts";
import { timed } from "../support/report/timed.ts";

const waitsOf = (changes: readonly Change[]): readonly string[] =>
  withWaits(changes).flatMap(({ id, steps = [] }) =>
    steps
      .filter(({ step }) => step === "waiting")
      .map(({ fromMs, toMs, waitsFor = [] }) => `${id} ${fromMs}-${toMs} ${waitsFor.join()}`),
  );

test.each<[string, readonly Change[], readonly string[]]>([
  ["nothing used is no wait", [timed("a", [0, 9]), timed("b", [9, 20])], []],
  [
    "from when the first of them was begun, in the order in which they ended",
    [timed("slow", [5, 90]), timed("quick", [3, 40]), timed("app", [91, 99], { uses: ["slow", "quick"] })],
    ["app 3-91 quick,slow"],
  ],
  ["what stands as it is keeps nobody", [changed("a", "nothing"), timed("b", [9, 20], { uses: ["a"] })], []],
  ["what ended later kept it neither", [timed("a", [0, 30]), timed("b", [9, 20], { uses: ["a"] })], []],
  [
    "a deletion has told its wait itself",
    [timed("a", [0, 5]), timed("b", [9, 20], { uses: ["a"], move: "delete" })],
    [],
  ],
])("%s", (_, changes, waits) => {
  expect(waitsOf(changes)).toEqual(waits);
});

test("all else of a change stays as it is", () => {
  const changes = [timed("a", [0, 5]), timed("b", [9, 20], { uses: ["a"] })];
  const [first, second] = withWaits(changes);
  expect(first).toBe(changes[0]);
  expect(second).toEqual({
    ...changes[1],
    steps: [{ step: "waiting", fromMs: 0, toMs: 9, waitsFor: ["a"] }, ...(changes[1]?.steps ?? [])],
  });
});
