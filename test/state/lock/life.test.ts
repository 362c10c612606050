import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type LockClock, jsonFileStore } from "../../../src/state/index.ts";
import { startOf } from "../../../src/state/lock/machine.ts";
import { type HastyClock, hastyClock } from "../../support/state/hasty-clock.ts";
import {
  beat,
  clockWith,
  deadPid,
  leaveLock,
  leaveOldLock,
  lockAt,
  locksIn,
  ofElsewhere,
  ofMine,
  since,
} from "../../support/state/left-lock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "life-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));
const openIn = (folder: string, lockClock?: LockClock) =>
  jsonFileStore(folder, { lockClock }).open("shop", "dev");

/** Expects that the stage is taken over, and after how much of the taker's time. */
async function expectTaken(folder: string, clock: HastyClock = hastyClock()): Promise<number> {
  const lock = await (await openIn(folder, clock)).lock();
  expect(lock.takenOver).toBeDefined();
  await lock.release();
  return clock.passed();
}

const expectLocked = async (folder: string, clock: LockClock): Promise<void> =>
  expect((await openIn(folder, clock)).lock()).rejects.toMatchObject({ code: "LOCKED" });

describe("a holder whose heartbeat moves is alive,", () => {
  test.each([
    [
      "in a container with this host's name and its own space of pids",
      { ...ofMine, pid: deadPid, space: "pid:[1]" },
    ],
    ["in a container of whose space nobody knows", { ...ofMine, pid: deadPid, space: undefined }],
    [
      "on a machine of this name that was started at another time",
      { ...ofMine, pid: deadPid, boot: "another" },
    ],
    ["on a machine of this name without /proc", { host: hostname(), pid: deadPid, since }],
    ["elsewhere", ofElsewhere],
    ["as a process without a number", { ...ofMine, pid: undefined }],
    ["as a process with the number 0", { ...ofMine, pid: 0 }],
  ])("though it runs %s", async (_, holder) => {
    const folder = newFolder();
    leaveLock(folder, holder);
    await expectLocked(
      folder,
      clockWith(29_000, () => beat(folder, holder, 1)),
    );
    expect(locksIn(folder)).toEqual([".lock-1"]);
  });

  test.each([-40_000, 40_000, -86_400_000])("though its time of day is off by %i ms", async (ms) => {
    const folder = newFolder();
    const holder = { ...ofElsewhere, since: new Date(Date.now() + ms).toISOString() };
    const touch = (): void =>
      fs.utimesSync(lockAt(folder, 1), (Date.now() + ms) / 1_000, (Date.now() + ms) / 1_000);
    leaveLock(folder, holder);
    touch();
    const moves = (): void => {
      beat(folder, holder, 1);
      touch();
    };
    await expectLocked(folder, clockWith(10_000, moves));
  });

  test("though its count is not higher than before", async () => {
    const folder = newFolder();
    leaveLock(folder, ofElsewhere);
    beat(folder, ofElsewhere, 7);
    await expectLocked(
      folder,
      clockWith(10_000, () => beat(folder, ofElsewhere, 3)),
    );
  });

  test("though the time of day jumps while it holds", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    const lock = await state.lock();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(() => lock.check?.()).not.toThrow();
    await expect((await openIn(folder)).lock()).rejects.toMatchObject({ code: "LOCKED" });
    vi.setSystemTime(Date.now() - 7_200_000);
    expect(() => lock.check?.()).not.toThrow();
    await lock.release();
  });

  test("though it shows life only between the verdict and the takeover", async () => {
    const folder = newFolder();
    leaveLock(folder, ofElsewhere);
    let isFirst = true;
    const linkSync: typeof fs.linkSync = (from, to) => {
      if (isFirst) beat(folder, ofElsewhere, 1);
      isFirst = false;
      fs.linkSync(from, to);
    };
    const clock = clockWith(35_000, () => beat(folder, ofElsewhere, 2));
    const state = await jsonFileStore(folder, { lockClock: clock, files: { ...fs, linkSync } }).open(
      "shop",
      "dev",
    );
    await expect(state.lock()).rejects.toMatchObject({ code: "LOCKED" });
    expect(locksIn(folder)).toEqual([".lock-1"]);
  });

  test("though the taker's clock jumps by an hour between two looks", async () => {
    const folder = newFolder();
    leaveLock(folder, ofElsewhere);
    const clock = hastyClock();
    let sleeps = 0;
    const jumping: LockClock = {
      now: () => clock.now(),
      sleep: async (ms) => {
        await clock.sleep(ms);
        sleeps += 1;
        if (sleeps === 2) clock.pass(3_600_000);
        if (sleeps === 50) beat(folder, ofElsewhere, 1);
      },
    };
    await expectLocked(folder, jumping);
    expect(sleeps).toBe(50);
  });
});

describe("a holder is dead", () => {
  test.each([0, 600_000, -600_000])(
    "after its term on the taker's clock, though its own ran off by %i ms",
    async (ms) => {
      const folder = newFolder();
      leaveLock(folder, { ...ofElsewhere, since: new Date(Date.now() + ms).toISOString() });
      fs.utimesSync(lockAt(folder, 1), (Date.now() + ms) / 1_000, (Date.now() + ms) / 1_000);
      const passed = await expectTaken(folder);
      expect([passed >= 30_000, passed < 30_600]).toEqual([true, true]);
    },
  );

  test.each([
    ["its own, where it states a longer one", 60_000, 60_000],
    ["its own, where it states a shorter one", 3_000, 3_000],
    ["the usual one, where it states nonsense", -1, 30_000],
    ["the usual one, where it states what nobody waits for", 1e12, 30_000],
    ["the usual one, where it states text", "1", 30_000],
  ])("after %s", async (_, term, expected) => {
    const folder = newFolder();
    leaveLock(folder, { ...ofElsewhere, term });
    const passed = await expectTaken(folder);
    expect([passed >= expected, passed < expected * 1.03]).toEqual([true, true]);
  });

  test("later, where the taker's clock goes back", async () => {
    const folder = newFolder();
    leaveLock(folder, ofElsewhere);
    const clock = clockWith(20_000, () => clock.pass(-10_000));
    expect(await expectTaken(folder, clock)).toBeGreaterThanOrEqual(20_000);
  });

  test("at once where its process is no more", async () => {
    const folder = newFolder();
    leaveLock(folder, { ...ofMine, pid: deadPid });
    expect(await expectTaken(folder)).toBe(0);
  });

  test.runIf(ofMine.startedAt)("at once where another process has its number", async () => {
    const folder = newFolder();
    leaveLock(folder, { ...ofMine, startedAt: "1" });
    expect(await expectTaken(folder)).toBe(0);
  });

  test.runIf(ofMine.startedAt)("at once where its parent has not yet asked how it ended", async () => {
    const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 20"]);
    onTestFinished(() => void parent.kill());
    const [said] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(said);
    await vi.waitFor(() => expect(fs.readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(" Z "));
    const folder = newFolder();
    leaveLock(folder, { ...ofMine, pid, startedAt: startOf(pid) });
    expect(await expectTaken(folder)).toBe(0);
  });

  test("as soon as its process ends while it is watched", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 20_000)"]);
    const folder = newFolder();
    const { pid = 0 } = child;
    leaveLock(folder, { ...ofMine, pid, startedAt: startOf(pid) });
    const kill = async (): Promise<void> => {
      child.kill("SIGKILL");
      await once(child, "exit");
    };
    const passed = await expectTaken(folder, clockWith(5_000, kill));
    expect([passed >= 5_000, passed < 6_000]).toEqual([true, ofMine.boot !== undefined]);
  });

  test("only after its term where it lives and stands still", async () => {
    const folder = newFolder();
    leaveLock(folder, ofMine);
    expect(await expectTaken(folder)).toBeGreaterThanOrEqual(30_000);
  });
});

describe("a lock of version 0.1", () => {
  const host = hostname();

  test.each([Date.now(), Date.now() + 600_000, 0])(
    "stands while it is touched, as at %i",
    async (touchedMs) => {
      const folder = newFolder();
      const holder = { host, pid: process.pid, startedAt: ofMine.startedAt, since };
      leaveOldLock(folder, holder, touchedMs);
      await expectLocked(
        folder,
        clockWith(20_000, () => leaveOldLock(folder, holder, touchedMs + 5_000)),
      );
    },
  );

  test("is taken over where it is not, however short the taker's own term", async () => {
    const folder = newFolder();
    leaveOldLock(folder, { host, pid: deadPid, since }, Date.now() + 600_000);
    const clock = hastyClock();
    const state = await jsonFileStore(folder, { lockClock: clock, lockTerm: 100 }).open("shop", "dev");
    const lock = await state.lock();
    expect(lock.takenOver).toMatchObject({ host, pid: deadPid, since });
    expect(clock.passed()).toBeGreaterThanOrEqual(30_000);
    await lock.release();
    expect(locksIn(folder)).toEqual([]);
  });

  test("finds in one of today what it looks for", async () => {
    const folder = newFolder();
    const lock = await (await openIn(folder)).lock();
    const text = fs.readFileSync(lockAt(folder, 1), "utf8");
    expect(JSON.parse(text)).toMatchObject({ host, pid: process.pid, startedAt: ofMine.startedAt });
    expect(Date.parse(JSON.parse(text).since)).toBeGreaterThan(0);
    await lock.release();
  });
});
