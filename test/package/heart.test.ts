import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/package/packed.ts";

const here = fs.mkdtempSync(join(tmpdir(), "heart-"));
afterAll(() => fs.rmSync(here, { recursive: true, force: true }));
const door = pathToFileURL(resolve(root, "dist/state/index.js")).href;
const preload = join(here, "preload.mjs");
fs.writeFileSync(preload, 'process.stderr.write("preloaded\\n");');

/** A run that blocks its event loop for twice its term, and tells whether its heart has beaten meanwhile. */
const script = `
  import { readFileSync, mkdtempSync } from "node:fs";
  import { join } from "node:path";
  const { jsonFileStore } = await import(${JSON.stringify(door)});
  const folder = mkdtempSync(join(${JSON.stringify(here)}, "store-"));
  const state = await jsonFileStore(folder, { lockTerm: 900 }).open("shop", "dev");
  const lock = await state.lock();
  const beat = () => JSON.parse(readFileSync(join(folder, "shop", "dev", ".lock-1"), "utf8")).beat;
  const entry = { version: 1, id: "a", type: "AWS::S3::Bucket", home: { region: "eu-central-1", partition: "aws" },
    status: "settled", desired: {}, digests: {}, dependencies: [], updatedAt: "2026-01-02T03:04:05.678Z" };
  await state.put(entry);
  const before = beat();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_800);
  const has = before === beat() ? "stood still" : "beaten";
  let held = "held";
  try { lock.check(); } catch (error) { held = error.code; }
  await state.put({ ...entry, id: "b" });
  await lock.release();
  console.log(has, held);
`;

interface Ended {
  readonly out: string;
  readonly err: string;
}

async function run(flags: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: "", ...more };
  const given = [...flags, "--input-type=module", "-e", script];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, given, { timeout: 30_000, env });
  return { out: stdout.trim(), err: stderr };
}

/** A preload that has every thread be made by these lines. */
function withWorker(name: string, lines: string): string {
  const path = join(here, `${name}.mjs`);
  fs.writeFileSync(
    path,
    `import threads from "node:worker_threads"; import { syncBuiltinESMExports } from "node:module";
     const { Worker } = threads;
     threads.Worker = class extends Worker { constructor(code, options) { ${lines} } };
     syncBuiltinESMExports();`,
  );
  return path;
}

describe("the heart of a lock, as the package has it,", { concurrent: true }, () => {
  test("beats while the event loop is blocked", async () => {
    expect(await run([])).toEqual({ out: "beaten held", err: "" });
  });

  test.each([
    ["flags", [`--import=${preload}`], {}],
    ["NODE_OPTIONS", [], { NODE_OPTIONS: `--import=${preload}` }],
  ])("takes no loader along that the %s of the process name", async (_, flags, env) => {
    expect(await run(flags, env)).toEqual({ out: "beaten held", err: "preloaded\n" });
  });

  test.each([
    ["may be started", "denied", 'throw new Error("denied");'],
    ["lives", "dying", 'super("process.exit(1)", options);'],
    ["works", "failing", "super(\"throw new Error('no')\", options);"],
  ])("does without a thread where none %s, and never keeps what it has lost", async (_, name, lines) => {
    const { out } = await run([`--import=${withWorker(name, lines)}`]);
    expect(out).toBe("stood still LOCKED");
  });
});
