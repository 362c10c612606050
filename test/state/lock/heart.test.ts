import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Files, type LockClock, jsonFileStore } from "../../../src/state/index.ts";
import { entryOf } from "../../support/state/entry.ts";
import { hastyClock } from "../../support/state/hasty-clock.ts";
import { lockAt, locksIn } from "../../support/state/left-lock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "heart-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));
const openIn = (folder: string, files?: Files, lockClock?: LockClock) =>
  jsonFileStore(folder, { files, lockClock }).open("shop", "dev");

describe("a heart", () => {
  const withFakeTimers = (): void => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
  };

  test("beats as long as its holder lives, and no longer", async () => {
    withFakeTimers();
    const folder = newFolder();
    const holder = await openIn(folder, undefined, hastyClock());
    const lock = await holder.lock();
    const texts = new Set<string>();
    for (let i = 0; i < 24; i++) {
      await vi.advanceTimersByTimeAsync(5_000);
      texts.add(fs.readFileSync(lockAt(folder, 1), "utf8"));
    }
    expect(texts.size).toBe(24);
    await lock.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("whose disk refuses its beats is given up for, and its holder makes a lock anew before it writes", async () => {
    withFakeTimers();
    const folder = newFolder();
    let isRefused = false;
    const writeSync: Files["writeSync"] = (...given: readonly unknown[]) => {
      if (isRefused) throw Object.assign(new Error("read-only"), { code: "EROFS" });
      return (fs.writeSync as (...all: readonly unknown[]) => number)(...given);
    };
    const clock = hastyClock();
    const state = await openIn(folder, { ...fs, writeSync }, clock);
    const lock = await state.lock();
    isRefused = true;
    await vi.advanceTimersByTimeAsync(19_000);
    expect(() => lock.check?.()).not.toThrow();
    clock.pass(2_000);
    expect(() => lock.check?.()).toThrow(/did not renew its lock .* for over 20 s/);
    await state.put(entryOf("a"));
    expect(locksIn(folder)).toEqual([".lock-2"]);
    await lock.release();
  });

  test("that finds itself silent for its term does not beat on, but for a lock made anew", async () => {
    withFakeTimers();
    const folder = newFolder();
    const clock = hastyClock();
    const lock = await (await openIn(folder, undefined, clock)).lock();
    await vi.advanceTimersByTimeAsync(2_000);
    const old = fs.openSync(lockAt(folder, 1), "r");
    const said = fs.readFileSync(old, "utf8");
    clock.pass(21_000);
    expect(() => lock.check?.()).toThrow(/did not renew/);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(locksIn(folder)).toEqual([".lock-2"]);
    const bytes = Buffer.alloc(said.length);
    fs.readSync(old, bytes, 0, said.length, 0);
    expect(bytes.toString()).toBe(said);
    fs.closeSync(old);
    expect(() => lock.check?.()).not.toThrow();
    await lock.release();
  });

  test.each([
    ["for longer than its term", 21_000, 0, 0],
    ["so that it comes after the term of the one before", 13_000, 8_000, 0],
    ["counts from before the wait", 13_000, 0, 8_000],
  ])(
    "whose beat the disk lets wait %s has lost its lock until it makes one anew",
    async (_, waitMs, lateMs, laterMs) => {
      withFakeTimers();
      const folder = newFolder();
      const clock = hastyClock();
      let isSlow = false;
      const writeSync: Files["writeSync"] = (...given: readonly unknown[]) => {
        const done = (fs.writeSync as (...all: readonly unknown[]) => number)(...given);
        if (isSlow) clock.pass(waitMs);
        return done;
      };
      const state = await openIn(folder, { ...fs, writeSync }, clock);
      const lock = await state.lock();
      await vi.advanceTimersByTimeAsync(2_000);
      clock.pass(lateMs);
      isSlow = true;
      vi.advanceTimersToNextTimer();
      clock.pass(laterMs);
      // A watcher may have seen it stand still for the whole term before that beat reached the disk.
      expect(() => lock.check?.()).toThrow(/did not renew/);
      isSlow = false;
      await state.put(entryOf("a"));
      expect(locksIn(folder)).toEqual([".lock-2"]);
      await lock.release();
    },
  );
});
