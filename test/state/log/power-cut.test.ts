import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Files, jsonFileStore } from "../../../src/state/index.ts";
import { deadPid, leaveLock, ofMine, stageIn } from "../../support/state/left-lock.ts";
import { entryOf } from "../../support/state/entry.ts";

const root = fs.mkdtempSync(join(tmpdir(), "cut-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));

/** The log of a run that put `a` and `b` at once, then `b` anew, and forgot `a`: each line is one batch. */
async function logOfRun(): Promise<Buffer> {
  const folder = newFolder();
  const state = await jsonFileStore(folder).open("shop", "dev");
  await state.lock();
  const old = { status: "incomplete" } as const;
  await Promise.all([state.put(entryOf("a", old)), state.put(entryOf("b", old))]);
  await state.put(entryOf("b", { ...old, identifier: "anew" }));
  await state.remove("a");
  const name = fs.readdirSync(stageIn(folder)).find((file) => file.startsWith(".log-")) ?? "";
  const log = fs.readFileSync(join(stageIn(folder), name));
  await jsonFileStore(folder).unlock("shop", "dev");
  return log;
}

/** A disk that flushes nothing: what is tried here is what has been on it before. */
const flushless: Files = {
  ...fs,
  fsyncSync: () => undefined,
  fsync: Object.assign((_: number, done: fs.NoParamCallback) => done(null), {
    __promisify__: fs.fsync.__promisify__,
  }),
  fdatasync: Object.assign((_: number, done: fs.NoParamCallback) => done(null), {
    __promisify__: fs.fdatasync.__promisify__,
  }),
};

/** What the next run finds and leaves where the power failed when so much of the log was on the disk. */
async function afterCut(log: Buffer): Promise<Record<string, unknown>> {
  const folder = newFolder();
  leaveLock(folder, { ...ofMine, pid: deadPid });
  fs.writeFileSync(join(stageIn(folder), ".log-8d8888ee-9016-4491-9690-424d4935b261"), log);
  const state = await jsonFileStore(folder, { files: flushless }).open("shop", "dev");
  const lock = await state.lock();
  const found = [...(await state.entries())].map(([id, entry]) => [
    id,
    "identifier" in entry && entry.identifier,
  ]);
  await state.put(entryOf("c"));
  await lock.release();
  return { found: Object.fromEntries(found), files: fs.readdirSync(stageIn(folder)).toSorted() };
}

describe("a run that takes over after the power has failed", () => {
  test("brings into the files what was promised and nothing else, wherever the last two batches are cut", async () => {
    const log = await logOfRun();
    const ends = [...log.entries()].flatMap(([i, byte]) => (byte === 10 ? [i + 1] : []));
    const [, both = 0, anew = 0, whole = 0] = ends;
    expect([ends.length, whole]).toEqual([4, log.length]);
    for (let cut = both - 1; cut <= log.length; cut++) {
      // A batch is whole without the end of its line.
      const b = cut >= anew - 1 ? "anew" : "bucket-1";
      const isForgotten = cut >= whole - 1;
      expect([cut, await afterCut(log.subarray(0, cut))]).toEqual([
        cut,
        {
          found: isForgotten ? { b } : { a: "bucket-1", b },
          files: isForgotten ? ["b.json", "c.json"] : ["a.json", "b.json", "c.json"],
        },
      ]);
    }
  });

  test.each([
    ["its header", 0, 16],
    ["its first batch", 17, 60],
  ])("finds nothing where %s is cut, and no fault", async (_, from, to) => {
    const log = await logOfRun();
    for (let cut = from; cut < to; cut++)
      expect([cut, await afterCut(log.subarray(0, cut))]).toEqual([cut, { found: {}, files: ["c.json"] }]);
  });
});
