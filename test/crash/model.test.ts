import * as fc from "fast-check";
import { test } from "vitest";
import { openWorld, scripts, settle, stories } from "../support/crash/model.ts";
import { tell } from "../support/crash/tell.ts";

// `npm run sweep:kill` asks for 300; another seed tells other stories.
const wanted = Number(process.env["AWAIT_AWS_STORMS"] ?? 25);
const seed = Number(process.env["AWAIT_AWS_SEED"] ?? 20_261_121);

test(
  "whatever edits, crashes, storms and hands have done, a deploy in calm leaves exactly what the script says",
  { timeout: 120_000 + wanted * 10_000 },
  async () => {
    const tally = new Map<string, number>();
    const law = fc.asyncProperty(scripts, fc.boolean(), stories, async (script, adopt, story) => {
      const world = await openWorld({ tally, adopt });
      const model = { script, isSettled: true };
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), story);
        await settle(world, model.script);
      } finally {
        await world.emulator.close();
      }
    });
    await fc.assert(law, { numRuns: wanted, seed, endOnFailure: false });
    const steps = [...tally].map(([kind, count]) => `${kind} ${count}`).toSorted();
    tell(`stories: ${wanted}, steps: ${steps.join(", ")}`);
  },
);
