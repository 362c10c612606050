import { describe, expect, test } from "vitest";
import { type Passage, diesEverywhere } from "../support/crash/matrix.ts";
import { tell } from "../support/crash/tell.ts";

// `npm run sweep:kill` asks for every point; the ordinary tests try a share of them.
const stride = Number(process.env["AWAIT_AWS_SWEEP_STRIDE"] ?? 25);

const old = { words: "old", name: "a" };
const passages: Readonly<Record<string, Passage>> = {
  create: { before: undefined, after: old },
  update: { before: old, after: { words: "newer", name: "a" } },
  replace: { before: old, after: { words: "old", name: "b" } },
  destroy: { before: old, after: undefined },
};

describe("a run of 12 resources that dies at a request or a state write", () => {
  for (const [name, passage] of Object.entries(passages)) {
    test(
      `is finished by the next ${name}, with nothing twice and nothing lost`,
      { timeout: 900_000 },
      async () => {
        const { tried, points } = await diesEverywhere(passage, stride);
        tell(`crash points tried in ${name}: ${tried} of ${points}`);
        expect(tried).toBe(Math.ceil(points / stride));
        expect(points).toBeGreaterThan(100);
      },
    );
  }
});
