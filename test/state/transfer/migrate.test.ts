import { describe, expect, test } from "vitest";
import { ResourceError } from "../../../src/errors.ts";
import { readRuns } from "../../../src/state/history/history.ts";
import { digestOf } from "../../../src/resource/record/digests.ts";
import { jsonFileStore, memoryStore } from "../../../src/state/index.ts";
import { storeInBucket } from "../../../src/state/s3/s3-store.ts";
import type { StageState, StateStore } from "../../../src/state/store.ts";
import { migrateStore } from "../../../src/state/transfer/migrate.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { bucketInMemory } from "../../support/state/bucket-in-memory.ts";
import { entryOf } from "../../support/state/entry.ts";

const stores: readonly (readonly [string, () => Promise<StateStore>])[] = [
  ["memory", async () => memoryStore()],
  ["a folder", async () => jsonFileStore(await temporaryFolder())],
  ["a bucket", async () => storeInBucket(bucketInMemory(), "team/")],
];

const sides = stores.flatMap(([from, openFrom]) =>
  stores.map(([to, openTo]) => [from, to, openFrom, openTo] as const),
);

const record = JSON.stringify({
  version: 1,
  run: "1",
  app: "shop",
  stage: "dev",
  phase: "deploy",
  startedAt: "2026-01-02T03:04:05.000Z",
  by: { host: "h", pid: 1 },
  end: "done",
  changes: [],
  unchanged: 0,
  calls: {},
});

/** Fills a store with two stages, of which one has a secret, a third of which only the history is left, and lessons. */
async function filled(store: StateStore): Promise<StateStore> {
  const dev = await store.open("shop", "dev");
  const key = await dev.key();
  await dev.put(entryOf("a/b: c", { digests: { "/Password": digestOf(key, "hunter2") } }));
  await dev.put(entryOf("plain"));
  await (await store.open("shop", "prod")).put(entryOf("plain", { identifier: "other" }));
  await dev.runs?.write("1", record);
  await (await store.open("gone", "dev")).runs?.write("1", record);
  await store.learned?.write({ version: 1, places: {} });
  return store;
}

/** All that a store holds, stage by stage. */
async function contentOf(store: StateStore): Promise<unknown> {
  const stages = [...(await store.stages()), ...((await store.stagesWithRuns?.()) ?? [])];
  const found = await Promise.all(
    stages.map(async ({ app, stage }) => {
      const state = await store.open(app, stage);
      const entries = [...(await state.entries())].toSorted(([one], [other]) => (one < other ? -1 : 1));
      return [`${app}/${stage}`, entries, state.runs ? await readRuns(state.runs) : []] as const;
    }),
  );
  const byName = new Map(found.map((one) => [one[0], one]));
  return [
    [...byName.values()].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    await store.learned?.read(),
  ];
}

/** A store one of whose stages refuses to write an id. */
const refusing = (store: StateStore, app: string, stage: string, id: string): StateStore => ({
  ...store,
  open: async (...name) => {
    const state = await store.open(...name);
    if (name[0] !== app || name[1] !== stage) return state;
    const put: StageState["put"] = (entry) =>
      entry.id === id
        ? Promise.reject(new ResourceError("STATE_UNWRITABLE", "the disk is full"))
        : state.put(entry);
    return { ...state, put };
  },
});

/** A store that takes no record of the runs of one app. */
const forgetting = (store: StateStore, app: string): StateStore => ({
  ...store,
  open: async (...name) => {
    const state = await store.open(...name);
    const write = (): Promise<void> =>
      Promise.reject(new ResourceError("STATE_UNWRITABLE", "the disk is full"));
    return name[0] === app && state.runs ? { ...state, runs: { ...state.runs, write } } : state;
  },
});

const isFree = async (store: StateStore): Promise<boolean> => {
  for (const stage of ["dev", "prod"]) await (await (await store.open("shop", stage)).lock()).release();
  return true;
};

describe.each(sides)("a migration from %s to %s", (_, __, openFrom, openTo) => {
  test("takes all along, and its digests stay valid", async () => {
    const [from, to] = [await filled(await openFrom()), await openTo()];
    const before = await contentOf(from);
    expect(await migrateStore(from, to)).toEqual({
      stages: [
        { app: "gone", stage: "dev" },
        { app: "shop", stage: "dev" },
        { app: "shop", stage: "prod" },
      ],
      entries: 3,
      runs: 2,
      isKeyMoved: true,
    });
    expect(await contentOf(to)).toEqual(before);
    expect(await contentOf(from)).toEqual(before);
    const [old, moved] = await Promise.all(
      [from, to].map(async (one) => (await one.open("shop", "dev")).key()),
    );
    expect(Buffer.from(moved ?? [])).toEqual(Buffer.from(old ?? []));
    expect([await isFree(from), await isFree(to)]).toEqual([true, true]);
  });

  test("into one that is not empty is refused, and moves nothing", async () => {
    const from = await filled(await openFrom());
    for (const [app, id] of [
      ["other", "x"],
      ["shop", "plain"],
      ["shop", "more"],
    ] as const) {
      const to = await openTo();
      await (await to.open(app, "dev")).put(entryOf(id, { identifier: "mine" }));
      const before = await contentOf(to);
      await expect(migrateStore(from, to)).rejects.toMatchObject({
        code: "STATE_UNWRITABLE",
        message: expect.stringContaining(`not empty: it has "${app}" (dev)`),
      });
      expect(await contentOf(to)).toEqual(before);
    }
    expect(await isFree(from)).toBe(true);
  });

  test("that fails half-way takes back what it has written, and goes through the next time", async () => {
    const [from, to] = [await filled(await openFrom()), await openTo()];
    const before = await contentOf(from);
    await expect(migrateStore(from, refusing(to, "shop", "prod", "plain"))).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      what: "the disk is full",
    });
    expect([await to.stages(), await to.stagesWithRuns?.()]).toEqual([[], []]);
    expect(await isFree(to)).toBe(true);
    await migrateStore(from, to);
    expect(await contentOf(to)).toEqual(before);
  });

  test("that cannot copy a history takes back what it has written too", async () => {
    const [from, to] = [await filled(await openFrom()), await openTo()];
    await expect(migrateStore(from, forgetting(to, "shop"))).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
    });
    expect([await to.stages(), await to.stagesWithRuns?.()]).toEqual([[], []]);
  });

  test("that was cut off goes on", async () => {
    const [from, to] = [await filled(await openFrom()), await openTo()];
    const entry = (await (await from.open("shop", "dev")).entries()).get("plain");
    if (!entry || entry instanceof ResourceError) throw new Error("no entry");
    await (await to.open("shop", "dev")).put(entry);
    await migrateStore(from, to);
    expect(await contentOf(to)).toEqual(await contentOf(from));
    expect(await migrateStore(from, to)).toMatchObject({ entries: 3 });
  });
});

describe("a migration", () => {
  test("is refused while a run holds a stage of either side, and moves nothing", async () => {
    for (const holding of ["from", "to"] as const) {
      const both = { from: await filled(memoryStore()), to: memoryStore() };
      const lock = await (await both[holding].open("shop", "prod")).lock();
      await expect(migrateStore(both.from, both.to)).rejects.toMatchObject({ code: "LOCKED" });
      expect(await both.to.stages()).toEqual([]);
      await lock.release();
      await migrateStore(both.from, both.to);
    }
  });

  test("is refused where something cannot be read, or the key on the other side is another", async () => {
    const from = await filled(memoryStore());
    const state = await from.open("shop", "prod");
    const broken: StateStore = {
      ...from,
      open: async (...name) => ({
        ...(name[1] === "prod" ? state : await from.open(...name)),
        ...(name[1] === "prod" && {
          entries: async () => new Map([["x", new ResourceError("STATE_UNREADABLE", "torn")]]),
        }),
      }),
    };
    const to = memoryStore();
    await expect(migrateStore(broken, to)).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
    expect(await to.stages()).toEqual([]);
    const keyed = memoryStore();
    await (await keyed.open("x", "y")).key();
    await expect(migrateStore(from, keyed)).rejects.toMatchObject({ code: "STATE_KEY" });
    const given = memoryStore({ key: "another" });
    await expect(migrateStore(from, given)).rejects.toMatchObject({ code: "STATE_KEY" });
    expect([await keyed.stages(), await given.stages()]).toEqual([[], []]);
  });

  test("into the very same store is refused", async () => {
    const folder = await temporaryFolder();
    const [one, same] = [jsonFileStore(folder), jsonFileStore(`${folder}/.`)];
    await filled(one);
    await expect(migrateStore(one, same)).rejects.toMatchObject({ code: "VALIDATION" });
    await expect(migrateStore(one, one)).rejects.toMatchObject({ code: "VALIDATION" });
  });

  test("of stores with a key from outside moves none, and what is digested stays valid", async () => {
    const [from, to] = [await filled(memoryStore({ key: "ours" })), memoryStore({ key: "ours" })];
    expect(await migrateStore(from, to)).toMatchObject({ isKeyMoved: false, entries: 3 });
  });

  test("of an empty store moves nothing", async () => {
    expect(await migrateStore(memoryStore(), memoryStore())).toEqual({
      stages: [],
      entries: 0,
      runs: 0,
      isKeyMoved: false,
    });
  });
});
