import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { planFileIn, planFileOf } from "../../src/app/options/plan-file.ts";
import type { RunOptions } from "../../src/app/options/run-options.ts";
import { runAll } from "../../src/app/run.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import type { Phase, Report } from "../../src/events.ts";
import type { Props } from "../../src/json.ts";
import { memoryStore } from "../../src/state/memory.ts";
import { tell } from "../support/crash/tell.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import type { World } from "../support/sweep/life.ts";
import { type Hiding, hidingTypes, registryFile } from "../support/sweep/hiding.ts";
import { surround } from "../support/sweep/surroundings.ts";

const isWhole = process.env["AWAIT_AWS_SWEEP_TYPES"] === "all";
/** The ordinary tests try one in so many. */
const oneIn = 80;
const sideBySide = 8;

/** Plans and deploys from the plan's file: a create, then a change of all that is hidden. Returns what went wrong. */
async function keptTo({ type }: Hiding, [first, second]: readonly [Props, Props], world: World) {
  const store = memoryStore();
  const run = (phase: Phase, props: Props, more: RunOptions = {}): Promise<Report> => {
    const options = { store, endpoint: world.emulator.url, region: "us-east-1", allowReplace: true, ...more };
    const settings = settingsOf(`plans ${type}`, options, {});
    const program = () => CloudControlResource("it", { TypeName: type, DesiredState: props });
    return runAll({ ...settings, clock: world.clock }, { phase }, program);
  };
  const failures: string[] = [];
  for (const props of [first, second]) {
    // Between two runs somebody may lose the right to read schemas, or get it.
    const planned = await run("plan", props);
    if (!planned.ok) break;
    const plan = planFileIn(JSON.stringify(planFileOf(planned, 0)));
    const [change] = (await run("deploy", props, { plan })).changes;
    if (change?.error) failures.push(`${change.error.code}: ${change.error.message}`);
  }
  await run("destroy", first);
  return failures;
}

test.skipIf(!existsSync(registryFile))(
  "every type with values that no read shows is made and changed as its plan's file says",
  { timeout: 900_000 },
  async () => {
    const clock = briskClock();
    const emulator = await startEmulator({ schemas: registryFile, operationMs: 1, now: () => clock.now() });
    surround(emulator);
    const left = hidingTypes(isWhole ? 1 : oneIn);
    const count = left.length;
    const mismatches = new Map<string, string>();
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        for (const variant of next.variants) {
          const failures = await keptTo(next, variant, { emulator, clock });
          const [mismatch] = failures.filter((failure) => failure.startsWith("PLAN_MISMATCH"));
          if (mismatch !== undefined) mismatches.set(next.type, mismatch);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: sideBySide }, worker));
    } finally {
      await emulator.close();
    }
    tell(`types planned and deployed from the file: ${count}, of which refused: ${mismatches.size}`);
    expect([...mismatches]).toEqual([]);
  },
);
