import { describe, expect, test } from "vitest";
import { ResourceError } from "../../../src/errors.ts";
import { digestOf } from "../../../src/resource/record/digests.ts";
import { jsonFileStore, memoryStore } from "../../../src/state/index.ts";
import { storeInBucket } from "../../../src/state/s3/s3-store.ts";
import type { StageState, StateStore } from "../../../src/state/store.ts";
import {
  type StageDocument,
  documentIn,
  documentText,
  pullStage,
  pushStage,
} from "../../../src/state/transfer/document.ts";
import { temporaryFolder } from "../../support/registry/temporary-folder.ts";
import { bucketInMemory } from "../../support/state/bucket-in-memory.ts";
import { entryOf } from "../../support/state/entry.ts";

const ofShop = { app: "shop", stage: "dev" } as const;

async function opened(store: StateStore, ...ids: readonly string[]): Promise<StageState> {
  const state = await store.open("shop", "dev");
  for (const id of ids) await state.put(entryOf(id));
  return state;
}

const idsOf = async (state: StageState): Promise<string[]> => [...(await state.entries()).keys()].toSorted();

/** What was pulled, as if it had been read from a file with these entries in it. */
const edited = (document: StageDocument, ...ids: readonly string[]): StageDocument =>
  documentIn(documentText({ ...document, entries: ids.map((id) => entryOf(id)) }), "x.json");

describe.each<[string, () => Promise<StateStore>]>([
  ["memory", async () => memoryStore()],
  ["a folder", async () => jsonFileStore(await temporaryFolder())],
  ["a bucket", async () => storeInBucket(bucketInMemory(), "")],
])("a stage in %s", (_, open) => {
  test("is pulled and pushed as it is, and as it was edited", async () => {
    const state = await opened(await open(), "a", "b");
    const pulled = await pullStage(state, ofShop);
    expect(await pushStage(state, documentIn(documentText(pulled), "x"))).toEqual({ written: 0, removed: 0 });
    expect(await pushStage(state, edited(pulled, "b", "c"))).toEqual({ written: 1, removed: 1 });
    expect(await idsOf(state)).toEqual(["b", "c"]);
  });

  test("that has gone on since is not pushed over, unless that is meant", async () => {
    const state = await opened(await open(), "a");
    const pulled = await pullStage(state, ofShop);
    await state.put(entryOf("a", { identifier: "newer" }));
    const refused = { code: "STATE_UNWRITABLE", message: expect.stringContaining("go backwards") };
    await expect(pushStage(state, pulled)).rejects.toMatchObject(refused);
    await state.remove("a");
    await state.runs?.write("1", "{}");
    await expect(pushStage(state, pulled)).rejects.toMatchObject(refused);
    expect(await idsOf(state)).toEqual([]);
    await pushStage(state, pulled, { isForced: true });
    expect(await idsOf(state)).toEqual(["a"]);
  });

  test("that never had anything takes what another has pulled", async () => {
    const pulled = await pullStage(await opened(memoryStore(), "a"), ofShop);
    const state = await opened(await open());
    await pushStage(state, pulled);
    expect(await idsOf(state)).toEqual(["a"]);
  });

  test("that cannot be written whole is left as it was", async () => {
    const state = await opened(await open(), "a", "b");
    const pulled = await pullStage(state, ofShop);
    const put: StageState["put"] = (entry) =>
      entry.id === "d" ? Promise.reject(new ResourceError("STATE_UNWRITABLE", "full")) : state.put(entry);
    await expect(pushStage({ ...state, put }, edited(pulled, "b", "c", "d"))).rejects.toMatchObject({
      what: "full",
    });
    expect(await pullStage(state, ofShop)).toEqual(pulled);
  });

  test("takes no entry that another key has digested", async () => {
    const other = await opened(memoryStore());
    await other.put(entryOf("a", { digests: { "/P": digestOf(await other.key(), "x") } }));
    const pulled = await pullStage(other, ofShop);
    const state = await opened(await open());
    await state.key();
    await expect(pushStage(state, pulled)).rejects.toMatchObject({ code: "STATE_KEY" });
    expect(await idsOf(state)).toEqual([]);
  });
});

describe("a document", () => {
  const good: StageDocument = {
    kind: "await-aws stage",
    version: 1,
    ...ofShop,
    serial: "0",
    entries: [entryOf("a")],
  };

  test.each<[string, unknown, RegExp]>([
    ["is no JSON", "{", /x\.json holds no JSON/],
    ["is another document", { ...good, kind: "other" }, /is none that `await-aws state pull` writes/],
    ["is a list", [], /is none that/],
    ["is of a later version", { ...good, version: 2 }, /of version 2: install a newer await-aws/],
    ["lacks its stage", { ...good, stage: undefined }, /lacks its app, stage, serial or entries/],
    ["has no entries", { ...good, entries: {} }, /lacks its app, stage, serial or entries/],
    ["has an entry that is none", { ...good, entries: [{ id: "a" }] }, /is not an entry/],
    ["has an entry of a later version", { ...good, entries: [{ ...entryOf("a"), version: 2 }] }, /newer/],
    ["has an id twice", { ...good, entries: [entryOf("a"), entryOf("a")] }, /has "a" twice/],
    ["has ids that differ by case", { ...good, entries: [entryOf("a"), entryOf("A")] }, /only by case/],
    [
      "holds a number that would be rounded",
      JSON.stringify(good).replace('"0"', "12345678901234567890"),
      /a number that would be rounded/,
    ],
  ])("that %s is refused", (_, value, what) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    expect(() => documentIn(text, "x.json")).toThrow(what);
  });

  test("is not made of what cannot be read", async () => {
    const state = await opened(memoryStore());
    const broken = {
      ...state,
      entries: async () => new Map([["x", new ResourceError("STATE_UNREADABLE", "torn")]]),
    };
    await expect(pullStage(broken, ofShop)).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
  });
});
