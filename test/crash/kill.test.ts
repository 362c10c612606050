import { expect, test } from "vitest";
import { killedAt } from "../support/crash/kills.ts";
import { instants } from "../support/crash/seeded.ts";
import { tell } from "../support/crash/tell.ts";

// `npm run sweep:kill` asks for 400.
const wanted = Number(process.env["AWAIT_AWS_KILLS"] ?? 10);

test(
  "a deploy of 12 resources that is killed is finished by the next process, with nothing twice and nothing lost",
  { timeout: 30_000 + wanted * 10_000 },
  async () => {
    const killed = await killedAt(instants(wanted, longestMs));
    tell(`kills: ${killed} of ${wanted} before the end`);
    expect(killed).toBeGreaterThan(wanted / 4);
  },
);

/** About as long as an undisturbed deploy takes beside others. */
const longestMs = 1_500;
