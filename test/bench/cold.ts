// What a script of ten resources costs as a process when nothing is to be done, over `node` with an empty script, in
// turns. `npm run build && npx tsx test/bench/cold.ts`
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { startEmulator } from "../../src/emulator/index.ts";

const turns = 15;
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "await-aws-bench-"));
const emulator = await startEmulator();
const env = {
  ...process.env,
  AWS_ACCESS_KEY_ID: "x",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL: emulator.url,
  AWAIT_AWS_LOG: "silent",
};

const script = `
  import AWS from "await-aws";
  for (let i = 0; i < 10; i += 1) await AWS.SQS.Queue("q" + i, { QueueName: "q" + i });
`;

async function msOf(name: string): Promise<number> {
  const startedAt = performance.now();
  await run(process.execPath, [join(folder, name)], { cwd: folder, env });
  return performance.now() - startedAt;
}

try {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve(import.meta.dirname, "../.."), join(folder, "node_modules/await-aws"));
  writeFileSync(join(folder, "package.json"), '{ "name": "cold", "type": "module" }');
  writeFileSync(join(folder, "empty.mjs"), "");
  writeFileSync(join(folder, "ten.mjs"), script);
  // Makes them.
  await msOf("ten.mjs");
  const took = { empty: [] as number[], ten: [] as number[] };
  for (let turn = 0; turn < turns; turn += 1) {
    took.empty.push(await msOf("empty.mjs"));
    took.ten.push(await msOf("ten.mjs"));
  }
  const middleOf = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[turns >> 1] ?? 0;
  const [empty, ten] = [middleOf(took.empty), middleOf(took.ten)];
  const cells = [empty.toFixed(0), ten.toFixed(0), (ten / empty).toFixed(2)];
  process.stdout.write("| empty, ms | ten unchanged, ms | over it |\n| --- | --- | --- |\n");
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
} finally {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
}
