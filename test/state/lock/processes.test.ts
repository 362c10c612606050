import { once } from "node:events";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { jsonFileStore } from "../../../src/state/index.ts";
import { entryOf } from "../../support/state/entry.ts";
import { holdingProcess } from "../../support/state/holding-process.ts";
import { locksIn, stageIn } from "../../support/state/left-lock.ts";

const root = fs.mkdtempSync(join(tmpdir(), "processes-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));

/** As short as a machine that is busy with other tests lets a heart beat. */
const termMs = 1_500;
const openIn = (folder: string) => jsonFileStore(folder, { lockTerm: termMs }).open("shop", "dev");

/** The identifiers that a stage has recorded, by id. */
async function recordedIn(folder: string): Promise<Record<string, unknown>> {
  const entries = await (await openIn(folder)).entries();
  return Object.fromEntries(
    [...entries].map(([id, entry]) => [id, "identifier" in entry && entry.identifier]),
  );
}

describe.skipIf(process.platform === "win32")("a process that holds a stage", { concurrent: true }, () => {
  test("and blocks its event loop for longer than its term keeps it, and goes on", async ({
    onTestFinished,
  }) => {
    const folder = newFolder();
    const { tell } = holdingProcess(folder, termMs, onTestFinished);
    expect([await tell("lock"), await tell("put a")]).toEqual(["ok", "ok"]);
    const blocking = tell(`block ${termMs * 3}`);
    let refusals = 0;
    const isOver = blocking.then(() => true);
    while (!(await Promise.race([isOver, sleep(100, false)]))) {
      await expect((await openIn(folder)).lock()).rejects.toMatchObject({ code: "LOCKED" });
      refusals += 1;
    }
    expect(refusals).toBeGreaterThan(5);
    expect([await tell("check"), locksIn(folder)]).toEqual(["ok", [".lock-1"]]);
    expect([await tell("check"), await tell("put b"), await tell("release")]).toEqual(["ok", "ok", "ok"]);
    expect(fs.readdirSync(stageIn(folder)).toSorted()).toEqual(["a.json", "b.json"]);
  });

  test("and blocks it as soon as it has written keeps the same lock all the while", async ({
    onTestFinished,
  }) => {
    const folder = newFolder();
    const { tell } = holdingProcess(folder, termMs, onTestFinished);
    expect(await tell(`rush ${termMs * 2}`)).toBe("ok");
    expect([await tell("check"), locksIn(folder)]).toEqual(["ok", [".lock-1"]]);
    expect([await tell("put b"), await tell("release")]).toEqual(["ok", "ok"]);
  });

  test.for(["holds it", "has ended"])(
    "and is stopped for longer than its term loses it, and leaves nothing while its successor %s",
    async (until, { onTestFinished }) => {
      const folder = newFolder();
      const { child, tell } = holdingProcess(folder, termMs, onTestFinished);
      expect([await tell("lock"), await tell("put a"), await tell("put b")]).toEqual(["ok", "ok", "ok"]);
      child.kill("SIGSTOP");
      const next = await openIn(folder);
      await expect(next.lock()).rejects.toMatchObject({ code: "LOCKED" });
      await sleep(termMs * 0.8);
      const begun = performance.now();
      const lock = await next.lock();
      expect(performance.now() - begun).toBeGreaterThanOrEqual(termMs * 0.98);
      expect(lock.takenOver).toMatchObject({ pid: child.pid, stillMs: expect.any(Number) });
      await next.put(entryOf("a", { identifier: "of the next" }));
      if (until === "has ended") await lock.release();
      child.kill("SIGCONT");
      const said = [await tell("check"), await tell("put a"), await tell("put c"), await tell("release")];
      expect(said).toEqual(["LOCKED", "LOCKED", "LOCKED", "ok"]);
      if (until === "holds it") {
        expect(() => lock.check?.()).not.toThrow();
        await lock.release();
      }
      expect(await recordedIn(folder)).toEqual({ a: "of the next", b: `of ${child.pid}` });
      expect(fs.readdirSync(stageIn(folder)).toSorted()).toEqual(["a.json", "b.json"]);
    },
  );

  test("and is stopped, but finds nobody in its place, makes its lock anew and goes on", async ({
    onTestFinished,
  }) => {
    const folder = newFolder();
    const { child, tell } = holdingProcess(folder, termMs, onTestFinished);
    expect([await tell("lock"), await tell("put a")]).toEqual(["ok", "ok"]);
    child.kill("SIGSTOP");
    await sleep(termMs * 1.2);
    child.kill("SIGCONT");
    expect(await tell("put b")).toBe("ok");
    const locks = locksIn(folder);
    expect(locks).not.toEqual([".lock-1"]);
    // Its heart beats for the new one: for the old one it would have been silent by now.
    expect(await tell(`block ${termMs * 2}`)).toBe("ok");
    expect([await tell("check"), locksIn(folder)]).toEqual(["ok", locks]);
    expect([await tell("check"), await tell("put c"), await tell("release")]).toEqual(["ok", "ok", "ok"]);
    expect(Object.keys(await recordedIn(folder))).toEqual(["a", "b", "c"]);
  });

  test("and is killed is followed at once", async ({ onTestFinished }) => {
    const folder = newFolder();
    const { child, tell } = holdingProcess(folder, 3_600_000, onTestFinished);
    expect([await tell("lock"), await tell("put a")]).toEqual(["ok", "ok"]);
    child.kill("SIGKILL");
    await once(child, "exit");
    const lock = await (await openIn(folder)).lock();
    expect(lock.takenOver).toMatchObject({ pid: child.pid });
    await lock.release();
    expect(await recordedIn(folder)).toEqual({ a: `of ${child.pid}` });
  });
});
