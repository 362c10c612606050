import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Entry } from "../../../src/entry.ts";
import { type Files, type LockClock, jsonFileStore } from "../../../src/state/index.ts";
import type { StageState } from "../../../src/state/store.ts";
import { entryOf } from "../../support/state/entry.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "log-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));
const namesIn = (folder: string): string[] => fs.readdirSync(join(folder, "shop", "dev")).toSorted();
const openIn = (folder: string, lockClock?: LockClock, files?: Files): Promise<StageState> =>
  jsonFileStore(folder, { lockClock, files }).open("shop", "dev");
const idsIn = async (folder: string): Promise<string[]> =>
  [...(await (await openIn(folder)).entries()).keys()].toSorted();

describe("a log on a failing disk", () => {
  test("refuses what it could not keep as STATE_UNWRITABLE, and keeps what comes after", async () => {
    let isFull = false;
    const write = Object.assign(
      (...given: Parameters<typeof fs.write>) => {
        if (!isFull) return fs.write(...given);
        const [handle, data, , , at] = given as unknown as [number, Buffer, number, number, number];
        const done = given.at(-1) as (error: Error | null, written: number) => void;
        // As a full disk does: a part is there, the rest is refused.
        fs.writeSync(handle, data, 0, 20, at);
        done(Object.assign(new Error("full"), { code: "ENOSPC" }), 0);
      },
      { __promisify__: fs.write.__promisify__ },
    ) as typeof fs.write;
    const folder = newFolder();
    const state = await openIn(folder, undefined, { ...fs, write });
    const lock = await state.lock();
    await state.put(entryOf("a"));
    isFull = true;
    await expect(state.put(entryOf("lost"))).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      message: expect.stringContaining("ENOSPC"),
    });
    isFull = false;
    await state.put(entryOf("b"));
    expect(await idsIn(folder)).toEqual(["a", "b"]);
    await lock.release();
    expect(namesIn(folder)).toEqual(["a.json", "b.json"]);
  });

  test("keeps the log where a file cannot be brought up to date, and says so at the end", async () => {
    const folder = newFolder();
    const renameSync: Files["renameSync"] = (from, to) => {
      if (String(to).endsWith("a.json")) throw Object.assign(new Error("no"), { code: "EIO" });
      fs.renameSync(from, to);
    };
    const state = await openIn(folder, undefined, { ...fs, renameSync });
    const lock = await state.lock();
    await Promise.all([state.put(entryOf("a")), state.put(entryOf("b"))]);
    await expect(lock.release()).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      message: expect.stringContaining("safe in its log"),
    });
    expect(await idsIn(folder)).toEqual(["a", "b"]);
    await (await (await openIn(folder)).lock()).release();
    expect(namesIn(folder)).toEqual(["a.json", "b.json"]);
  });
});

test("a file that could not be written is not written later with what has been overtaken", async () => {
  const folder = newFolder();
  let flushes = 0;
  let release = (): void => undefined;
  const fsync = Object.assign(
    (handle: number, done: fs.NoParamCallback) => {
      flushes += 1;
      // The first is that of the folder, for the log; the second, that of the entry's file, waits.
      if (flushes === 2) release = () => fs.fsync(handle, done);
      else fs.fsync(handle, done);
    },
    { __promisify__: fs.fsync.__promisify__ },
  );
  let refusals = 0;
  const renameSync: Files["renameSync"] = (from, to) => {
    if (String(to).endsWith("a.json") && refusals++ === 0)
      throw Object.assign(new Error("no"), { code: "EIO" });
    fs.renameSync(from, to);
  };
  const state = await openIn(folder, undefined, { ...fs, fsync, renameSync });
  const lock = await state.lock();
  await state.put(entryOf("a", { identifier: "first" }));
  await state.put(entryOf("a", { identifier: "second" }));
  release();
  await lock.release();
  expect(refusals).toBeGreaterThan(1);
  expect((await (await openIn(folder)).entries()).get("a")).toMatchObject({ identifier: "second" });
  expect(namesIn(folder)).toEqual(["a.json"]);
});

test("given back twice, a stage closes no file that is another's by then", async () => {
  const closed: number[] = [];
  const closeSync: Files["closeSync"] = (handle) => {
    closed.push(handle);
    fs.closeSync(handle);
  };
  const folder = newFolder();
  const state = await openIn(folder, undefined, { ...fs, closeSync });
  const lock = await state.lock();
  await state.put(entryOf("a"));
  await lock.release();
  const mine = fs.openSync(join(folder, "mine"), "w");
  const before = closed.length;
  await lock.release();
  expect(closed.slice(before)).not.toContain(mine);
  expect(() => fs.fstatSync(mine)).not.toThrow();
  fs.closeSync(mine);
});

const ids = fc.constantFrom("a", "b", "c", "d");
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: ids, as: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.record({ remove: ids }) },
  { weight: 1, arbitrary: fc.constant("kill" as const) },
  { weight: 1, arbitrary: fc.constant("release" as const) },
);

test("whatever is put, removed and killed, what was promised is there, and nothing else", async () => {
  const law = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const folder = newFolder();
    const clock = hastyClock();
    const model = new Map<string, Entry>();
    let state = await openIn(folder, clock);
    let lock = await state.lock();
    for (const one of steps) {
      if (one === "release") await lock.release();
      if (typeof one === "string") {
        state = await openIn(folder, clock);
        lock = await state.lock();
      } else if ("put" in one) {
        const status = one.as % 2 === 0 ? "settled" : "incomplete";
        const entry = entryOf(one.put, { identifier: String(one.as), status });
        await state.put(entry);
        model.set(entry.id, entry);
      } else {
        await state.remove(one.remove);
        model.delete(one.remove);
      }
      expect(await (await openIn(folder, clock)).entries()).toEqual(model);
    }
    await lock.release();
    expect(await (await openIn(folder, clock)).entries()).toEqual(model);
    expect(namesIn(folder)).toEqual([...model.keys()].toSorted().map((id) => `${id}.json`));
  });
  await fc.assert(law, { numRuns: 60 });
});
