import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isResourceError } from "../../../src/errors.ts";
import { closeRun, openRun, readRuns } from "../../../src/state/history/history.ts";
import type { RunRecord } from "../../../src/events.ts";
import { jsonFileStore, memoryStore } from "../../../src/state/index.ts";
import type { RunTexts, StateStore } from "../../../src/state/store.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { entryOf } from "../../support/state/entry.ts";

const recordOf = (run: string, more: Partial<RunRecord> = {}): RunRecord => ({
  version: 1,
  run,
  app: "shop",
  stage: "dev",
  phase: "deploy",
  startedAt: "2026-01-02T03:04:05.000Z",
  by: { host: "here", pid: 7 },
  end: "open",
  changes: [],
  unchanged: 0,
  calls: {},
  ...more,
});

const textsOf = async (store: StateStore): Promise<RunTexts> => {
  const { runs } = await store.open("shop", "dev");
  if (!runs) throw new Error("no history");
  return runs;
};

/** What is kept, as `run: end` lines. */
const kept = async (texts: RunTexts): Promise<string[]> =>
  (await readRuns(texts)).map((one) => (isResourceError(one) ? one.code : `${one.run}: ${one.end}`));

const run = async (texts: RunTexts, name: string, most = 100): Promise<void> => {
  await openRun(texts, recordOf(name));
  await closeRun(texts, recordOf(name, { end: "done" }), most);
};

describe.each<[string, () => Promise<StateStore>]>([
  ["in memory", async () => memoryStore()],
  ["on disk", async () => jsonFileStore(await temporaryFolder())],
])("the history of a stage %s", (_, open) => {
  test("has each run once, the latest last, whatever it ended as", async () => {
    const texts = await textsOf(await open());
    expect(await kept(texts)).toEqual([]);
    await run(texts, "3");
    await run(texts, "1");
    await openRun(texts, recordOf("4"));
    expect(await kept(texts)).toEqual(["1: done", "3: done", "4: open"]);
    await closeRun(texts, recordOf("4", { end: "failed" }), 100);
    expect(await kept(texts)).toEqual(["1: done", "3: done", "4: failed"]);
  });

  test("has a run that died closed by the next one that writes, with what it had said", async () => {
    const texts = await textsOf(await open());
    await openRun(texts, recordOf("1", { unchanged: 5 }));
    await openRun(texts, recordOf("2"));
    expect(await kept(texts)).toEqual(["1: did not end", "2: open"]);
    expect((await readRuns(texts))[0]).toMatchObject({ unchanged: 5 });
    await closeRun(texts, recordOf("2", { end: "done" }), 100);
    await run(texts, "3");
    expect(await kept(texts)).toEqual(["1: did not end", "2: done", "3: done"]);
  });

  test("has a run that died half-way through its own closing as it had closed it", async () => {
    const texts = await textsOf(await open());
    const dying: RunTexts = { ...texts, remove: () => Promise.reject(new Error("killed")) };
    await openRun(texts, recordOf("1"));
    await expect(closeRun(dying, recordOf("1", { end: "done" }), 100)).rejects.toThrow("killed");
    expect(await kept(texts)).toEqual(["1: done"]);
    await run(texts, "2");
    expect(await kept(texts)).toEqual(["1: done", "2: done"]);
  });

  test("has a run that died after it had opened its record once more as one that did not end", async () => {
    const texts = await textsOf(await open());
    const openedAt = "2026-01-02T03:04:06.000Z";
    await closeRun(texts, recordOf("1", { end: "done", endedAt: "2026-01-02T03:04:05.000Z" }), 100);
    await openRun(texts, recordOf("1", { unchanged: 2, openedAt }));
    await run(texts, "2");
    expect(await kept(texts)).toEqual(["1: did not end", "2: done"]);
    await closeRun(texts, recordOf("3", { end: "done", endedAt: "2026-01-02T03:04:07.000Z" }), 100);
    await texts.write("3.open", JSON.stringify(recordOf("3", { openedAt })));
    await run(texts, "4");
    expect((await kept(texts)).slice(2)).toEqual(["3: done", "4: done"]);
  });

  test("keeps as many as it is told, and of those that are open all", async () => {
    const texts = await textsOf(await open());
    for (const name of ["1", "2", "3", "4"]) await run(texts, name, 3);
    expect(await kept(texts)).toEqual(["2: done", "3: done", "4: done"]);
    await openRun(texts, recordOf("5"));
    await closeRun(texts, recordOf("6", { end: "done" }), 1);
    expect(await kept(texts)).toEqual(["5: open", "6: done"]);
  });

  test("tells what cannot be read apart, keeps it, and is not stopped by it", async () => {
    const texts = await textsOf(await open());
    await texts.write("1", "{");
    await texts.write("2", JSON.stringify(recordOf("2", { version: 2 as never })));
    await texts.write("3", JSON.stringify({ ...recordOf("3"), changes: [7] }));
    await texts.write("4.open", "torn");
    await run(texts, "5");
    expect(await kept(texts)).toEqual([...Array<string>(4).fill("STATE_UNREADABLE"), "5: done"]);
    const [, newer] = await readRuns(texts);
    expect(newer).toMatchObject({ message: expect.stringMatching(/newer than this await-aws/) });
  });

  test("is none of what is recorded, and stays when that is gone", async () => {
    const store = await open();
    const stage = await store.open("shop", "dev");
    await run(await textsOf(store), "1");
    expect([...(await stage.entries()).keys()]).toEqual([]);
    expect(await store.stages()).toEqual([]);
    expect(await store.stagesWithRuns?.()).toEqual([{ app: "shop", stage: "dev" }]);
    const lock = await stage.lock();
    await stage.put(entryOf("jobs"));
    await lock.release();
    expect([...(await stage.entries()).keys()]).toEqual(["jobs"]);
    expect(await stage.misplaced?.()).toEqual(new Map());
    expect(await kept(await textsOf(store))).toEqual(["1: done"]);
  });
});

describe("the history on disk", () => {
  test("is a readable file for each run, for its owner alone, below the stage", async () => {
    const folder = await temporaryFolder();
    await run(await textsOf(jsonFileStore(folder)), "20260102T030405.000-1a2b");
    const file = join(folder, "shop", "dev", ".history", "20260102T030405.000-1a2b.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(
      recordOf("20260102T030405.000-1a2b", { end: "done" }),
    );
    expect(readFileSync(file, "utf8")).toContain('\n  "app": "shop",\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(file, ".."))).toHaveLength(1);
  });

  test("takes nothing else that lies there for a run, and an entry of that name for none", async () => {
    const folder = await temporaryFolder();
    const store = jsonFileStore(folder);
    const state = await store.open("shop", "dev");
    await state.put(entryOf(".history"));
    expect([...(await state.entries()).keys()]).toEqual([".history"]);
    const at = join(folder, "shop", "dev", ".history");
    mkdirSync(join(at, "folder"), { recursive: true });
    for (const name of ["notes.txt", ".x.json", "..json"]) writeFileSync(join(at, name), "{}");
    expect(await (await textsOf(store)).names()).toEqual([]);
  });
});
