import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Entry } from "../../../src/entry.ts";
import { type Files, type LockClock, jsonFileStore } from "../../../src/state/index.ts";
import type { StageState } from "../../../src/state/store.ts";
import { entryOf } from "../../support/state/entry.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "log-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));
const stageIn = (folder: string): string => join(folder, "shop", "dev");
const namesIn = (folder: string): string[] => fs.readdirSync(stageIn(folder)).toSorted();
const logIn = (folder: string): string => {
  const name = namesIn(folder).find((file) => file.startsWith(".log-"));
  return join(stageIn(folder), name ?? "no log");
};

const openIn = (folder: string, lockClock?: LockClock, files?: Files): Promise<StageState> =>
  jsonFileStore(folder, { lockClock, files }).open("shop", "dev");
const idsIn = async (folder: string): Promise<string[]> =>
  [...(await (await openIn(folder)).entries()).keys()].toSorted();

/** A run that has recorded some entries and is no more. */
async function die(folder: string, puts: readonly Entry[], clock?: LockClock): Promise<void> {
  const state = await openIn(folder, clock);
  await state.lock();
  for (const entry of puts) await state.put(entry);
}

const old = (id: string): Entry => entryOf(id, { status: "incomplete", identifier: "old" });

describe("a stage while a run holds it", () => {
  test("is one log, from which whoever reads it sees everything, and after it one file a resource", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    const lock = await state.lock();
    await state.put(old("a"));
    await state.put(entryOf("b"));
    await state.put(entryOf("gone"));
    await state.remove("gone");
    const seen = await (await openIn(folder)).entries();
    expect([...seen.keys()].toSorted()).toEqual(["a", "b"]);
    expect(await jsonFileStore(folder).stages()).toEqual([{ app: "shop", stage: "dev" }]);
    await lock.release();
    expect(namesIn(folder)).toEqual(["a.json", "b.json"]);
    expect(await (await openIn(folder)).entries()).toEqual(seen);
  });

  test("makes nothing but its lock before the first write", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    const lock = await state.lock();
    await state.entries();
    await state.remove("nothing");
    expect(namesIn(folder)).toEqual([".lock-1"]);
    await lock.release();
    expect(namesIn(folder)).toEqual([]);
  });

  test("flushes for all that wait at once", async () => {
    let flushes = 0;
    const fdatasync = Object.assign(
      (handle: number, done: fs.NoParamCallback) => {
        flushes += 1;
        setTimeout(() => fs.fdatasync(handle, done), 5);
      },
      { __promisify__: fs.fdatasync.__promisify__ },
    );
    const folder = newFolder();
    const state = await openIn(folder, undefined, { ...fs, fdatasync });
    const lock = await state.lock();
    await Promise.all(Array.from({ length: 300 }, async (_, i) => state.put(old(`id-${i}`))));
    expect(flushes).toBeLessThan(6);
    await lock.release();
    expect(await idsIn(folder)).toHaveLength(300);
  });

  test("is brought up to date by the next run where one was killed", async () => {
    const folder = newFolder();
    const clock = hastyClock();
    await die(folder, [old("a"), entryOf("a"), entryOf("b")], clock);
    const next = await openIn(folder, clock);
    const lock = await next.lock();
    expect(namesIn(folder)).toEqual([".lock-2", "a.json", "b.json"]);
    expect((await next.entries()).get("a")).toEqual(entryOf("a"));
    await lock.release();
  });

  test("and by who breaks the lock", async () => {
    const folder = newFolder();
    await die(folder, [old("a")]);
    await jsonFileStore(folder).unlock("shop", "dev");
    expect(namesIn(folder)).toEqual(["a.json"]);
  });
});

describe("a holder that wakes after another has taken over", () => {
  test.each(["holds the stage", "has ended"])("leaves nothing, while that one %s", async (until) => {
    const folder = newFolder();
    const clock = hastyClock();
    const sleeper = await openIn(folder, clock);
    const sleeping = await sleeper.lock();
    await sleeper.put(old("a"));
    const other = await openIn(folder, clock);
    const lock = await other.lock();
    await other.put(entryOf("a", { identifier: "theirs" }));
    if (until === "has ended") await lock.release();
    for (const write of [sleeper.put(old("a")), sleeper.put(old("new")), sleeper.remove("a")])
      await expect(write).rejects.toMatchObject({ code: "LOCKED" });
    await sleeping.release();
    if (until !== "has ended") await lock.release();
    expect(namesIn(folder)).toEqual(["a.json"]);
    expect((await other.entries()).get("a")).toMatchObject({ identifier: "theirs" });
  });

  test("leaves nothing where it had not yet begun its log", async () => {
    const folder = newFolder();
    const clock = hastyClock();
    const sleeper = await openIn(folder, clock);
    await sleeper.lock();
    await (await (await openIn(folder, clock)).lock()).release();
    await expect(sleeper.put(old("a"))).rejects.toMatchObject({ code: "LOCKED" });
    expect(await idsIn(folder)).toEqual([]);
  });
});

describe("a log after the power has failed", () => {
  test("holds every record that was promised, wherever the last two are cut", async () => {
    const folder = newFolder();
    await die(folder, [entryOf("a"), old("b"), old("b")]);
    const whole = fs.readFileSync(logIn(folder));
    const ends = [...whole.entries()].flatMap(([i, byte]) => (byte === 10 ? [i + 1] : []));
    const [, first = 0, second = 0] = ends;
    for (let cut = first; cut <= whole.length; cut++) {
      fs.writeFileSync(logIn(folder), whole.subarray(0, cut));
      const entries = await (await openIn(folder)).entries();
      const b = cut >= second - 1 ? old("b") : undefined;
      expect([cut, entries.get("a"), entries.get("b")]).toEqual([cut, entryOf("a"), b]);
    }
  });

  test("forgives a last record whose blocks came to the disk in any order", async () => {
    const folder = newFolder();
    await die(folder, [old("a"), old("b")]);
    const whole = fs.readFileSync(logIn(folder));
    const torn = Buffer.concat([whole.subarray(0, -100), Buffer.alloc(99), Buffer.from("\n")]);
    fs.writeFileSync(logIn(folder), torn);
    expect(await idsIn(folder)).toEqual(["a"]);
  });

  test.each([
    ["damaged in its middle", (text: string) => text.replace("bucket-1", "bucket-2")],
    ["of a newer version", (text: string) => text.replace("log 1", "log 2")],
    ["something else", () => "hello"],
  ])("is STATE_UNREADABLE by name where it is %s, and nothing is written over it", async (_, change) => {
    const folder = newFolder();
    const clock = hastyClock();
    await die(folder, [old("a"), old("b")], clock);
    const changed = change(fs.readFileSync(logIn(folder), "utf8"));
    fs.writeFileSync(logIn(folder), changed);
    const unreadable = { code: "STATE_UNREADABLE", message: expect.stringContaining(logIn(folder)) };
    const state = await openIn(folder, clock);
    expect([...(await state.entries())]).toEqual([
      [basename(logIn(folder)), expect.objectContaining(unreadable)],
    ]);
    await expect(state.lock()).rejects.toMatchObject(unreadable);
    expect(fs.readFileSync(logIn(folder), "utf8")).toBe(changed);
    expect(namesIn(folder).filter((name) => !name.startsWith("."))).toEqual([]);
  });
});
