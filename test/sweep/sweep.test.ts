import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { tell } from "../support/crash/tell.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import { type World, lifeOf } from "../support/sweep/life.ts";
import { subjectOf } from "../support/sweep/subject.ts";
import { surround } from "../support/sweep/surroundings.ts";

const file = resolve(import.meta.dirname, "../../../shared/schemas/registry.jsonl.gz");
/** `all`, or the names of the types to lead through, with commas between. */
const asked = process.env["AWAIT_AWS_SWEEP_TYPES"] ?? "";
const isWhole = asked === "all";
const sampleSize = 150;
const sideBySide = 8;

function documents(): Props[] {
  const all = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  if (asked.includes("::")) {
    const names = new Set(asked.split(","));
    return all
      .map((line) => JSON.parse(line) as Props)
      .filter(({ typeName }) => names.has(typeName as string));
  }
  const step = isWhole ? 1 : all.length / sampleSize;
  const count = isWhole ? all.length : sampleSize;
  return Array.from({ length: count }, (_, i) => JSON.parse(all[Math.floor(i * step)] ?? "{}") as Props);
}

/** Leads every type through its life, so many at a time; the reasons of those that did not get through. */
async function sweep(all: readonly Props[], world: World): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const type = next["typeName"] as string;
      const subject = subjectOf(next);
      const reason = subject ? await lifeOf(subject, world) : "no instance can be made";
      if (reason !== undefined) reasons.set(type, reason);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  return reasons;
}

if (!existsSync(file))
  tell("the registry's schemas are not beside the project: no type is led through its life");

test.skipIf(!existsSync(file))(
  "every type is created, left alone, updated, repaired, replaced, adopted and deleted",
  { timeout: 600_000 },
  async () => {
    const clock = briskClock();
    const emulator = await startEmulator({ schemas: file, operationMs: 1, now: () => clock.now() });
    try {
      surround(emulator);
      const all = documents();
      const reasons = await sweep(all, { emulator, clock });
      tell(`types led through their lives: ${all.length - reasons.size} of ${all.length}`);
      for (const [type, reason] of reasons) tell(`  ${type}: ${reason.slice(0, 200)}`);
      expect(reasons.size / all.length).toBeLessThanOrEqual(39 / 1489);
    } finally {
      await emulator.close();
    }
  },
);
