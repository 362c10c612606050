import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { type Files, jsonFileStore } from "../../src/state/index.ts";
import { entryOf } from "../support/state/conformance.ts";

const root = fs.mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
afterEach(() => vi.useRealTimers());

const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));
const openIn = (folder: string, files?: Files) => jsonFileStore(folder, { files }).open("shop", "dev");
const stageIn = (folder: string): string => join(folder, "shop", "dev");
const locksIn = (folder: string): string[] =>
  fs.readdirSync(stageIn(folder)).filter((name) => /lock/.test(name));

/** Leaves a lock as another process would have, with a fresh heartbeat. */
function leaveLock(folder: string, text: string | object, number = 1): void {
  fs.mkdirSync(stageIn(folder), { recursive: true });
  const content = typeof text === "string" ? text : JSON.stringify(text);
  fs.writeFileSync(join(stageIn(folder), `.lock-${number}`), content);
}

// Above the largest pid that Linux, macOS or Windows hands out.
const dead = 2 ** 30;
const since = "2026-01-02T03:04:05.000Z";

describe("a lock file", () => {
  test("of a process that is dead on this host is taken over at once", async () => {
    const folder = newFolder();
    leaveLock(folder, { host: hostname(), pid: dead, since });
    const lock = await (await openIn(folder)).lock();
    expect(lock.takenOver).toEqual({ host: hostname(), pid: dead, since });
    expect(locksIn(folder)).toEqual([".lock-2"]);
    await lock.release();
    expect(locksIn(folder)).toEqual([]);
  });

  test.runIf(fs.existsSync("/proc/self/stat"))(
    "of a process whose pid another one has now is taken over",
    async () => {
      const folder = newFolder();
      leaveLock(folder, { host: hostname(), pid: process.pid, startedAt: "1", since });
      const lock = await (await openIn(folder)).lock();
      expect(lock.takenOver?.pid).toBe(process.pid);
      await lock.release();
    },
  );

  test.each([
    ["lives on this host", { host: hostname(), pid: process.pid, since }],
    ["runs on another host, where a pid tells nothing", { host: "elsewhere.example", pid: dead, since }],
  ])("stands while its process %s", async (_, holder) => {
    const folder = newFolder();
    leaveLock(folder, holder);
    await expect((await openIn(folder)).lock()).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining(`process ${holder.pid} on ${holder.host} since ${since}`),
    });
  });

  test.each(["", "{", "[]", '{"pid":"7"}'])(
    "that is torn (%j) stands until it falls silent",
    async (text) => {
      const folder = newFolder();
      leaveLock(folder, text);
      const state = await openIn(folder);
      await expect(state.lock()).rejects.toMatchObject({ code: "LOCKED" });
      const past = Date.now() / 1_000 - 31;
      fs.utimesSync(join(stageIn(folder), ".lock-1"), past, past);
      await (await state.lock()).release();
    },
  );

  test("stays fresh as long as its holder lives, and no longer", async () => {
    vi.useFakeTimers();
    const folder = newFolder();
    const [holder, other] = [await openIn(folder), await openIn(folder)];
    const lock = await holder.lock();
    await vi.advanceTimersByTimeAsync(120_000);
    await expect(other.lock()).rejects.toMatchObject({ code: "LOCKED" });
    await lock.release();
    expect(vi.getTimerCount()).toBe(0);
    await (await other.lock()).release();
  });

  test("numbers grow with each holder that takes over", async () => {
    const folder = newFolder();
    leaveLock(folder, { host: hostname(), pid: dead, since }, 41);
    leaveLock(folder, { host: hostname(), pid: dead, since }, 40);
    const lock = await (await openIn(folder)).lock();
    expect(locksIn(folder)).toEqual([".lock-42"]);
    await lock.release();
  });

  test("is lost to whoever stands one number higher, though the old file is still there", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    const lock = await state.lock();
    leaveLock(folder, { host: "elsewhere.example", pid: 7, since }, 2);
    await expect(state.put(entryOf("x"))).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining("process 7 on elsewhere.example"),
    });
    await lock.release();
    expect(locksIn(folder)).toEqual([".lock-2"]);
  });

  test("needs no hard links", async () => {
    const linkSync: Files["linkSync"] = () => {
      throw Object.assign(new Error("no links here"), { code: "EPERM" });
    };
    const folder = newFolder();
    const state = await openIn(folder, { ...fs, linkSync });
    const lock = await state.lock();
    await expect((await openIn(folder, { ...fs, linkSync })).lock()).rejects.toMatchObject({
      code: "LOCKED",
    });
    await lock.release();
    expect(await state.key()).toEqual(await (await openIn(folder)).key());
    expect(fs.readdirSync(stageIn(folder))).toEqual([]);
  });
});

describe("two runs that find the same dead lock", () => {
  /** Files whose next claim is preceded by what others do in that very moment. */
  const interrupted = (meanwhile: () => void): Files => {
    let first = true;
    const linkSync: Files["linkSync"] = (from, to) => {
      if (first) {
        first = false;
        meanwhile();
      }
      fs.linkSync(from, to);
    };
    return { ...fs, linkSync };
  };

  test("do not both take it over", async () => {
    const folder = newFolder();
    leaveLock(folder, { host: hostname(), pid: dead, since });
    const winner = await openIn(folder);
    const loser = await openIn(
      folder,
      interrupted(() => void winner.lock()),
    );
    await expect(loser.lock()).rejects.toMatchObject({ code: "LOCKED" });
    await winner.put(entryOf("x"));
    expect(locksIn(folder)).toEqual([".lock-2"]);
    await jsonFileStore(folder).unlock("shop", "dev");
  });

  test("do not both hold, even when the first has come and gone and a third has begun", async () => {
    const folder = newFolder();
    leaveLock(folder, { host: hostname(), pid: dead, since });
    const third = await openIn(folder);
    const late = await openIn(
      folder,
      interrupted(() => {
        fs.unlinkSync(join(stageIn(folder), ".lock-1"));
        void third.lock();
      }),
    );
    await expect(late.lock()).rejects.toMatchObject({ code: "LOCKED" });
    await third.put(entryOf("x"));
    expect(locksIn(folder)).toEqual([".lock-1"]);
    await jsonFileStore(folder).unlock("shop", "dev");
  });
});

test("a held lock keeps no process alive, and the next run takes it over", async () => {
  const folder = newFolder();
  const door = new URL("../../src/state/index.ts", import.meta.url).href;
  const script = `
    const { jsonFileStore } = await import(${JSON.stringify(door)});
    await (await jsonFileStore(${JSON.stringify(folder)}).open("shop", "dev")).lock();
    console.log(process.pid);
  `;
  const child = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(child).toMatchObject({ status: 0, stderr: "" });
  expect(locksIn(folder)).toEqual([".lock-1"]);
  const lock = await (await openIn(folder)).lock();
  expect(lock.takenOver?.pid).toBe(Number(child.stdout));
  await lock.release();
});
