import { expect, test } from "vitest";
import { duration, wholeSeconds } from "../../src/report/duration.ts";

test("times are told as precisely as they are long", () => {
  expect([0, 49, 2_149, 59_949, 59_950, 60_000, 125_400, 3_600_000, 11_100_000].map(duration)).toEqual([
    "0.0 s",
    "0.0 s",
    "2.1 s",
    "59.9 s",
    "1 min",
    "1 min",
    "2 min 5 s",
    "1 h",
    "3 h 5 min",
  ]);
  expect([0, 499, 59_499, 59_500, 61_000].map(wholeSeconds)).toEqual([
    "0 s",
    "0 s",
    "59 s",
    "1 min",
    "1 min 1 s",
  ]);
});
