import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Files, type LockClock, jsonFileStore } from "../../../src/state/index.ts";
import { entryOf } from "../../support/state/entry.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";
import {
  beat,
  clockWith,
  deadPid,
  leaveLock,
  lockAt,
  locksIn,
  ofElsewhere,
  ofMine,
  since,
  stageIn,
} from "../../support/state/left-lock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));
const openIn = (folder: string, files?: Files, lockClock?: LockClock) =>
  jsonFileStore(folder, { files, lockClock }).open("shop", "dev");
const ofDead = { ...ofMine, pid: deadPid };

describe("a lock file", () => {
  test("of a process that is dead on this host is taken over at once", async () => {
    const folder = newFolder();
    leaveLock(folder, ofDead);
    const lock = await (await openIn(folder)).lock();
    expect(lock.takenOver).toEqual({ host: ofMine.host, pid: deadPid, since });
    expect(locksIn(folder)).toEqual([".lock-2"]);
    await lock.release();
    expect(locksIn(folder)).toEqual([]);
  });

  test("names its holder to who must wait, how it was seen, and what to do", async () => {
    const folder = newFolder();
    const holder = { ...ofElsewhere, user: "ann" };
    leaveLock(folder, holder);
    const state = await openIn(
      folder,
      undefined,
      clockWith(12_000, () => beat(folder, holder, 1)),
    );
    await expect(state.lock()).rejects.toMatchObject({
      code: "LOCKED",
      what: expect.stringMatching(
        `^stage "dev" of "shop" is locked by process 7 on ann@elsewhere.example since ${since}; ` +
          "that run is alive: its heartbeat stood still for no more than 1[12].\\d s$",
      ),
      advice: expect.stringContaining('`npx await-aws unlock "shop" --stage "dev"` breaks its lock'),
    });
  });

  test.each(["", "{", "[]", '{"pid":"7"}', '{"version":2,"holder":"x","host":"elsewhere.exam'])(
    "that is torn (%j) stands as long as it is touched, and no longer",
    async (text) => {
      const folder = newFolder();
      leaveLock(folder, text);
      const touch = (): void => fs.utimesSync(lockAt(folder, 1), 1, 1);
      const touched = await openIn(folder, undefined, clockWith(20_000, touch));
      await expect(touched.lock()).rejects.toMatchObject({ code: "LOCKED" });
      const clock = hastyClock();
      const lock = await (await openIn(folder, undefined, clock)).lock();
      expect(clock.passed()).toBeGreaterThanOrEqual(30_000);
      expect(lock.takenOver).toMatchObject({ host: "an unknown host" });
      await lock.release();
    },
  );

  test("tells whoever waits for it whom for, once, and lets go when told to stop", async () => {
    const folder = newFolder();
    leaveLock(folder, ofElsewhere);
    const stop = new AbortController();
    const told: unknown[] = [];
    const clock = clockWith(10_000, () => stop.abort());
    const state = await openIn(folder, undefined, clock);
    const onWait = ({ pid }: { pid: number }, leftMs: number): void => void told.push([pid, leftMs]);
    await expect(state.lock({ signal: stop.signal, onWait })).rejects.toMatchObject({ code: "ABORTED" });
    expect(told).toEqual([[7, expect.closeTo(27_000, -3)]]);
    expect(locksIn(folder)).toEqual([".lock-1"]);
  });

  test("that goes away while it is watched leaves the stage free", async () => {
    const folder = newFolder();
    leaveLock(folder, ofElsewhere);
    const clock = clockWith(5_000, () => fs.unlinkSync(lockAt(folder, 1)));
    const lock = await (await openIn(folder, undefined, clock)).lock();
    expect(lock.takenOver).toBeUndefined();
    expect(clock.passed()).toBeLessThan(6_000);
    await lock.release();
  });

  test("numbers grow with each holder that takes over", async () => {
    const folder = newFolder();
    leaveLock(folder, ofDead, { number: 41 });
    leaveLock(folder, ofDead, { number: 40 });
    const lock = await (await openIn(folder)).lock();
    expect(locksIn(folder)).toEqual([".lock-42"]);
    await lock.release();
  });

  test("is lost to whoever stands one number higher, though the old file is still there", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    const lock = await state.lock();
    leaveLock(folder, ofElsewhere, { number: 2 });
    await expect(state.put(entryOf("x"))).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringContaining("process 7 on elsewhere.example"),
    });
    await lock.release();
    expect(locksIn(folder)).toEqual([".lock-2"]);
  });

  test.each([
    ["is gone", (path: string) => fs.unlinkSync(path)],
    ["is another's", (path: string) => fs.writeFileSync(path, JSON.stringify(ofElsewhere))],
    ["is cut off", (path: string) => fs.truncateSync(path, 40)],
    ["is empty", (path: string) => fs.truncateSync(path)],
  ])("that %s stops its holder", async (_, spoil) => {
    const folder = newFolder();
    const state = await openIn(folder);
    const lock = await state.lock();
    await state.put(entryOf("a"));
    spoil(lockAt(folder, 1));
    const left = fs.existsSync(lockAt(folder, 1)) ? fs.readFileSync(lockAt(folder, 1)) : undefined;
    await expect(state.put(entryOf("b"))).rejects.toMatchObject({ code: "LOCKED" });
    expect(() => lock.check?.()).toThrow(/this run lost the lock/);
    await lock.release();
    expect(left && fs.readFileSync(lockAt(folder, 1))).toEqual(left);
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

  test.each([
    ["the other has won", 2],
    ["a first has come and gone and another has begun", 1],
  ])("do not both hold where %s", async (_, number) => {
    const folder = newFolder();
    leaveLock(folder, ofDead);
    const files = interrupted(() => {
      fs.unlinkSync(lockAt(folder, 1));
      leaveLock(folder, ofElsewhere, { number });
    });
    const clock = clockWith(5_000, () => beat(folder, ofElsewhere, 1, { number }));
    const late = await openIn(folder, files, clock);
    await expect(late.lock()).rejects.toMatchObject({ code: "LOCKED" });
    expect(locksIn(folder)).toEqual([`.lock-${number}`]);
    expect(fs.readFileSync(lockAt(folder, number), "utf8")).toContain(ofElsewhere.host);
  });

  test("do not both take it over where both have watched it", async () => {
    const folder = newFolder();
    leaveLock(folder, { ...ofElsewhere, term: 300 });
    const store = jsonFileStore(folder, { lockTerm: 300 });
    const both = await Promise.allSettled([1, 2].map(async () => (await store.open("shop", "dev")).lock()));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "LOCKED" } });
    expect(locksIn(folder)).toEqual([".lock-2"]);
    for (const one of both) if (one.status === "fulfilled") await one.value.release();
  });
});

test("a held lock keeps no process alive, and the next run takes it over", async () => {
  const folder = newFolder();
  const door = new URL("../../../src/state/index.ts", import.meta.url).href;
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
  const lock = await (await openIn(folder, undefined, hastyClock())).lock();
  expect(lock.takenOver?.pid).toBe(Number(child.stdout));
  await lock.release();
});
