import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import type { Props } from "../../src/json.ts";
import { tell } from "../support/crash/tell.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import { registryFile } from "../support/sweep/hiding.ts";
import { surround } from "../support/sweep/surroundings.ts";
import { type Tagged, taggedLifeOf, taggedOf } from "../support/sweep/tagged.ts";

/** `all`, or the names of the types to lead through, with commas between. */
const asked = process.env["AWAIT_AWS_RUN_TAGS"] ?? "";
const sampleSize = 8;
/** Of so many schemas one is looked at for it: each takes its time to make an instance of. */
const oneIn = 12;
const sideBySide = 8;

function subjects(): { readonly all: readonly Tagged[]; readonly unmade: number } {
  const documents = gunzipSync(readFileSync(registryFile))
    .toString("utf8")
    .trim()
    .split("\n")
    .filter((_, i) => asked !== "" || i % oneIn === 0)
    .map((line) => JSON.parse(line) as Props)
    .filter(({ typeName }) => !asked.includes("::") || asked.split(",").includes(typeName as string));
  const found = documents.map(taggedOf);
  return {
    all: found.flatMap((one) => (typeof one === "string" ? [] : [one])),
    unmade: found.filter((one) => one === "no instance").length,
  };
}

/** Every so manieth of those whose tags change, and of those whose tags are given once. */
function sampleOf(all: readonly Tagged[]): readonly Tagged[] {
  const pick = (some: readonly Tagged[], count: number): readonly Tagged[] =>
    some.filter((_, i) => i % Math.ceil(some.length / count) === 0);
  const isOdd = ({ place }: Tagged): boolean =>
    place.resourceType !== undefined || place.beside !== undefined || place.path !== "/Tags";
  return [
    ...pick(
      all.filter((one) => !one.isFixed && !isOdd(one)),
      sampleSize / 2,
    ),
    ...pick(
      all.filter((one) => one.isFixed),
      sampleSize / 4,
    ),
    ...pick(all.filter(isOdd), sampleSize / 4),
  ];
}

if (!existsSync(registryFile))
  tell("the registry's schemas are not beside the project: no type is led through a life with tags");

test.skipIf(!existsSync(registryFile))(
  "the tags of a run come, change and go on every type that has tags, or stay as they were made",
  { timeout: asked === "" ? 600_000 : 3_600_000 },
  async () => {
    const clock = briskClock();
    const emulator = await startEmulator({ schemas: registryFile, operationMs: 1, now: () => clock.now() });
    try {
      surround(emulator);
      const { all, unmade } = subjects();
      const some = asked === "" ? sampleOf(all) : all;
      const left = [...some];
      const reasons = new Map<string, string>();
      const worker = async (): Promise<void> => {
        for (let next = left.shift(); next; next = left.shift()) {
          const reason = await taggedLifeOf(next, { emulator, clock });
          if (reason !== undefined) reasons.set(next.type, reason);
        }
      };
      await Promise.all(Array.from({ length: sideBySide }, worker));
      tell(`types led through a life with tags of a run: ${some.length - reasons.size} of ${some.length}`);
      tell(`taggable types in all: ${all.length + unmade}, of which no instance can be made: ${unmade}`);
      for (const [type, reason] of reasons) tell(`  ${type}: ${reason.slice(0, 240)}`);
      expect([...reasons.keys()]).toEqual([]);
    } finally {
      await emulator.close();
    }
  },
);
