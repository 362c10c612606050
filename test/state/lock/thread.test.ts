import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { machineClock } from "../../../src/state/lock/clock.ts";
import { beatInThread } from "../../../src/state/lock/thread.ts";

const root = fs.mkdtempSync(join(tmpdir(), "thread-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const head = '{"holder":"é","beat":"';
const fresh = `${head}000000000000 000000000000000"}\n`;
const termMs = 60_000;

/** A lock for which the thread beats. */
interface BeatenLock {
  readonly path: string;
  readonly cells: BigInt64Array;
  readonly stop: () => void;
}

/** Has the thread beat for a file of this text, whose holder was sure of it so many ms ago. */
function beaten(text: string, silentMs: number): BeatenLock {
  const path = join(fs.mkdtempSync(join(root, "lock-")), ".lock-1");
  fs.writeFileSync(path, text);
  const cells = new BigInt64Array(new SharedArrayBuffer(16));
  cells[0] = BigInt(Math.floor(machineClock.now() - silentMs));
  const stop = beatInThread({ path, head, countDigits: 12, atDigits: 15, everyMs: 10, termMs, cells });
  onTestFinished(stop);
  return { path, cells, stop };
}

/** Waits until the thread, which beats for all alike, has beaten a few times for another lock. */
async function aFewBeats(): Promise<void> {
  const { cells } = beaten(fresh, 0);
  await vi.waitFor(() => expect(Number(cells[1])).toBeGreaterThan(5), { timeout: 20_000, interval: 10 });
}

const textOf = ({ path }: BeatenLock): string => fs.readFileSync(path, "utf8");

describe("the thread", () => {
  test("beats for a lock where it stands, and tells its holder when", async () => {
    const lock = beaten(fresh, 10_000);
    const before = lock.cells[0] ?? 0n;
    await aFewBeats();
    lock.stop();
    expect(textOf(lock)).toMatch(/^\{"holder":"é","beat":"\d{12} \d{15}"\}\n$/);
    expect(textOf(lock)).not.toContain(head + "000000000000");
    expect(Number((lock.cells[0] ?? 0n) - before)).toBeGreaterThanOrEqual(9_900);
  });

  test("does not beat for one that was silent for its holder's term: others may have come to their verdict", async () => {
    const lock = beaten(fresh, termMs + 1_000);
    const [before] = lock.cells;
    await aFewBeats();
    expect([textOf(lock), lock.cells[0], lock.cells[1]]).toEqual([fresh, before, 0n]);
  });

  test.each([
    ["another's", fresh.replace("é", "x")],
    ["empty", ""],
    ["cut off", head.slice(0, 9)],
  ])("leaves a file alone that is %s", async (_, text) => {
    const lock = beaten(text, 1_000);
    const [before] = lock.cells;
    await aFewBeats();
    expect([textOf(lock), lock.cells[0]]).toEqual([text, before]);
  });

  test("makes no file that is gone, and beats again for one that is there again", async () => {
    const lock = beaten(fresh, 1_000);
    fs.unlinkSync(lock.path);
    await aFewBeats();
    expect(fs.existsSync(lock.path)).toBe(false);
    fs.writeFileSync(lock.path, fresh);
    await vi.waitFor(() => expect(textOf(lock)).not.toBe(fresh), { timeout: 20_000 });
  });

  test("beats no more once it is told to stop", async () => {
    const lock = beaten(fresh, 0);
    await aFewBeats();
    lock.stop();
    await aFewBeats();
    const [text, at] = [textOf(lock), lock.cells[0]];
    await aFewBeats();
    expect([textOf(lock), lock.cells[0]]).toEqual([text, at]);
  });
});
