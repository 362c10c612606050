import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tell } from "../support/crash/tell.ts";
import { empty, settle } from "../support/hostile/exact.ts";
import { scripts, stories } from "../support/hostile/stories.ts";
import { openWorld, schemaFile } from "../support/hostile/world.ts";

// `npm run sweep:hostile` asks for 300; another seed tells other stories.
const wanted = Number(process.env["AWAIT_AWS_HOSTILE"] ?? 5);
const first = Number(process.env["AWAIT_AWS_SEED"] ?? 20_261_127);

test(
  "whatever hostile handlers do, a script ends with what it declares: nothing replaced, nothing twice, nothing forgotten",
  { timeout: 60_000 + wanted * 10_000 },
  async () => {
    const tally = new Map<string, number>();
    const { schemas: file, drop } = schemaFile();
    const told = fc.constantFrom("live" as const, "bundled" as const);
    const law = fc.asyncProperty(scripts, fc.nat(), told, stories, async (script, luck, schemas, story) => {
      const world = await openWorld({ tally, schemas, seed: luck }, file);
      const telling = { script };
      try {
        await fc.asyncModelRun(() => ({ model: telling, real: world }), story);
        await settle(world, telling.script);
        await empty(world, telling.script);
      } finally {
        await world.emulator.close();
      }
    });
    const failures: string[] = [];
    for (let seed = first; seed < first + wanted; seed++) {
      // A story that fails is told with its seed, not made shorter: that takes minutes.
      await fc.assert(law, { numRuns: 1, seed, endOnFailure: true }).catch((error: unknown) => {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
        failures.push(`seed ${seed}: ${cause}\n${error instanceof Error ? error.message : String(error)}`);
      });
    }
    drop();
    const steps = [...tally].map(([kind, count]) => `${kind} ${count}`).toSorted();
    tell(`stories under hostile handlers: ${wanted}, steps: ${steps.join(", ")}`);
    expect(failures).toEqual([]);
  },
);
