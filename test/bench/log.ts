// What the state log takes alone: records a second and records a flush, over one append of the same bytes with one flush
// in the same minutes on the same disk. `npx tsx test/bench/log.ts`
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type Files } from "../../src/state/disk.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { entryOf } from "../support/state/entry.ts";

const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`| ${cells.join(" | ")} |\n`);

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

row(["records at a time", "records", "ms", "over one append", "records a second", "records a flush"]);
row(Array.from({ length: 6 }, () => "---"));
for (const atATime of [1, 10, 100, 1_000]) {
  const count = Math.max(200, 4 * atATime);
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-bench-"));
  try {
    const entries = Array.from({ length: count }, (_, i) => entryOf(`resource-${i}`));
    let flushes = 0;
    // Of data alone: that is how a log is flushed. Its files are flushed whole.
    const fdatasync = Object.assign(
      (handle: number, done: fs.NoParamCallback) => {
        flushes += 1;
        fs.fdatasync(handle, done);
      },
      { __promisify__: fs.fdatasync.__promisify__ },
    );
    const files: Files = { ...fs, fdatasync };
    const state = await jsonFileStore(folder, { files }).open("bench", "dev");
    const lock = await state.lock();
    const ms = await timed(async () => {
      const left = entries.values();
      const write = async (): Promise<void> => {
        for (const entry of left) await state.put(entry);
      };
      await Promise.all(Array.from({ length: atATime }, write));
    });
    const flushed = flushes;
    await lock.release();
    const text = entries.map((entry) => `${JSON.stringify({ put: entry })}\n`).join("");
    const floor = await timed(() => fs.promises.writeFile(join(folder, "floor"), text, { flush: true }));
    row([
      atATime,
      count,
      ms.toFixed(0),
      (ms / floor).toFixed(1),
      Math.round((count / ms) * 1000),
      (count / flushed).toFixed(1),
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
