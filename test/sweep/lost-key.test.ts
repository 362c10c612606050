import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunOptions } from "../../src/app/options/run-options.ts";
import { settingsOf } from "../../src/app/options/settings.ts";
import { runAll } from "../../src/app/run.ts";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { startEmulator } from "../../src/emulator/index.ts";
import { isResourceError } from "../../src/errors.ts";
import type { Phase, Report } from "../../src/events.ts";
import { type Props, isProps } from "../../src/json.ts";
import { jsonFileStore } from "../../src/state/index.ts";
import { keyIn, stateIn } from "../support/app/keyed-shop.ts";
import { tell } from "../support/crash/tell.ts";
import { briskClock } from "../support/sweep/brisk-clock.ts";
import { type Hiding, hidingTypes, registryFile } from "../support/sweep/hiding.ts";
import type { World } from "../support/sweep/life.ts";
import { surround } from "../support/sweep/surroundings.ts";

const isWhole = process.env["AWAIT_AWS_SWEEP_TYPES"] === "all";
const sideBySide = 8;

const other = `${Buffer.alloc(32, 7).toString("base64")}\n`;

/** How a key is no longer what it was: what becomes of its file, and which one is handed in. */
const losses: Readonly<Record<string, (keyFile: string) => string | undefined>> = {
  "is missing": (keyFile) => {
    fs.rmSync(keyFile);
    return undefined;
  },
  "is another file": (keyFile) => {
    fs.writeFileSync(keyFile, other);
    return undefined;
  },
  "is another one that is handed in": () => "ab".repeat(32),
};

const runs = [
  ["plan", false],
  ["plan", true],
  ["deploy", false],
  ["deploy", true],
] as const;

/** How many writes of a type have been sent. */
const writesOf = ({ emulator }: World, type: string): number =>
  emulator.calls.filter(
    ({ api, body }) =>
      /^(Create|Update|Delete)Resource$/.test(api) && isProps(body) && body["TypeName"] === type,
  ).length;

let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

/** Deploys, loses the key, and runs what has not changed; undefined where nothing was recorded that takes a key. */
async function faultsOf({ type }: Hiding, desired: Props, world: World): Promise<string[] | undefined> {
  const folder = fs.mkdtempSync(join(root, "state-"));
  const keyFile = join(folder, ".key");
  const run = (phase: Phase, key?: string, more: RunOptions = {}): Promise<Report> => {
    const store = jsonFileStore(folder, { key });
    const options = { store, endpoint: world.emulator.url, region: "us-east-1", allowReplace: true, ...more };
    const settings = settingsOf(`key ${type}`, { ...options, allowDelete: true }, {});
    const program = () => CloudControlResource("it", { TypeName: type, DesiredState: desired });
    return runAll({ ...settings, clock: world.clock }, { phase }, program);
  };
  await run("deploy");
  const key = keyIn(folder);
  const recorded = stateIn(folder);
  if (key === undefined || recorded === "" || /"digests": *\{\s*\}/.test(recorded)) return undefined;
  const sent = (): number => writesOf(world, type);
  const before = sent();
  const faults: string[] = [];
  for (const [loss, lose] of Object.entries(losses)) {
    const given = lose(keyFile);
    const left = keyIn(folder);
    for (const [phase, refresh] of runs) {
      const ended = await run(phase, given, { refresh }).catch((error: unknown) => error);
      const told = isResourceError(ended) ? ended.code : "no error";
      const now = [told, stateIn(folder) === recorded, keyIn(folder) === left, sent() === before].join();
      if (now !== "STATE_KEY,true,true,true")
        faults.push(`${loss}, ${phase}${refresh ? " --refresh" : ""}: ${now}`);
    }
    fs.writeFileSync(keyFile, key);
  }
  await run("destroy");
  return faults;
}

// Six thousand runs: `npm run sweep:types` alone makes them.
test.skipIf(!isWhole || !fs.existsSync(registryFile))(
  "no type with values that no read shows is changed, planned or recorded by a key that is not its own",
  { timeout: 900_000 },
  async () => {
    const clock = briskClock();
    const emulator = await startEmulator({
      schemas: registryFile,
      operationMs: 1,
      now: () => clock.now(),
    });
    surround(emulator);
    const faults = new Map<string, readonly string[]>();
    let count = 0;
    const left = hidingTypes();
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [, [desired]] = next.variants;
        const found = await faultsOf(next, desired, { emulator, clock });
        if (found) count++;
        if (found && found.length > 0) faults.set(next.type, found);
      }
    };
    try {
      await Promise.all(Array.from({ length: sideBySide }, worker));
    } finally {
      await emulator.close();
    }
    tell(`types run without their key: ${count}, of which wrong: ${faults.size}`);
    expect([...faults]).toEqual([]);
    expect(count).toBeGreaterThan(300);
  },
);
