import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isResourceError } from "../../../src/errors.ts";
import { hastyClock } from "./hasty-clock.ts";
import type { StoreOptions } from "../../../src/state/stage.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { entryOf } from "./entry.ts";

const ids = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 50 }),
  fc.constantFrom(
    "..",
    ".",
    "/",
    "a/../b",
    "c:\\d",
    "\0",
    "CON",
    "nul.txt",
    "*?",
    "%2F",
    "~",
    " ",
    "__proto__",
  ),
  fc.constantFrom("🦊", "/".repeat(200), "é".repeat(100), "x".repeat(200), ".lock-1", ".key", "a.json"),
);

/** Proves that a store keeps every promise of `StateStore`; `make` gives a new empty one each time. */
export function storeConforms(
  name: string,
  make: (options?: StoreOptions) => StateStore,
  { numRuns = 60 }: { readonly numRuns?: number } = {},
): void {
  describe(`${name}, as a store,`, () => {
    test("gives an absent stage as an empty one", async () => {
      const state = await make().open("shop", "dev");
      expect(await state.entries()).toEqual(new Map());
    });

    test("gives back what was put, whatever the id, in any stage opened later", async () => {
      await fc.assert(
        fc.asyncProperty(ids, fc.jsonValue(), async (id, value) => {
          const store = make();
          const entry = entryOf(id, { desired: { value: JSON.parse(JSON.stringify(value)) } });
          await (await store.open("infra/api", "dev")).put(entry);
          const again = await store.open("infra/api", "dev");
          expect(await again.entries()).toEqual(new Map([[id, entry]]));
        }),
        { numRuns },
      );
    });

    test("keeps apart apps and stages whose joined names are equal", async () => {
      const store = make();
      await (await store.open("a/b", "c")).put(entryOf("x"));
      expect(await (await store.open("a", "b/c")).entries()).toEqual(new Map());
      expect(await (await store.open("..", "c")).entries()).toEqual(new Map());
    });

    test("replaces the entry of an id and does not keep the object it was given", async () => {
      const state = await make().open("shop", "dev");
      const desired: Record<string, string> = { BucketName: "one" };
      await state.put(entryOf("x", { desired }));
      desired["BucketName"] = "changed afterwards";
      expect((await state.entries()).get("x")).toMatchObject({ desired: { BucketName: "one" } });
      await state.put(entryOf("x", { desired: { BucketName: "two" } }));
      expect((await state.entries()).get("x")).toMatchObject({ desired: { BucketName: "two" } });
    });

    test("keeps a member called __proto__ as the data it is", async () => {
      const state = await make().open("shop", "dev");
      const desired = JSON.parse('{"Tags":{"__proto__":"x"}}');
      await state.put(entryOf("x", { desired }));
      const found = (await state.entries()).get("x");
      expect(JSON.stringify(isResourceError(found) || found?.desired)).toBe('{"Tags":{"__proto__":"x"}}');
    });

    test("forgets what is removed, and takes the absent for removed", async () => {
      const state = await make().open("shop", "dev");
      await state.put(entryOf("x"));
      await state.remove("x");
      await state.remove("x");
      expect(await state.entries()).toEqual(new Map());
    });

    test.each(["", "x".repeat(201), "é".repeat(101), "\uD800"])("refuses the id %j", async (id) => {
      const store = make();
      const state = await store.open("shop", "dev");
      await expect(state.put(entryOf(id))).rejects.toMatchObject({ code: "VALIDATION" });
      await expect(store.open(id, "dev")).rejects.toMatchObject({ code: "VALIDATION" });
      await expect(store.open("shop", id)).rejects.toMatchObject({ code: "VALIDATION" });
    });

    test("refuses an id, an app or a stage that differs from a recorded one only by case", async () => {
      const store = make();
      const state = await store.open("shop", "dev");
      await state.put(entryOf("Über"));
      await expect(state.put(entryOf("über"))).rejects.toMatchObject({ code: "VALIDATION", id: "über" });
      await expect(store.open("Shop", "dev")).rejects.toMatchObject({ code: "VALIDATION" });
      await expect(store.open("shop", "DEV")).rejects.toMatchObject({ code: "VALIDATION" });
    });
  });

  describe(`${name}, as a lock,`, () => {
    test("lets one holder in at a time and names it to the others", async () => {
      const store = make();
      const first = await (await store.open("shop", "dev")).lock();
      const second = await store.open("shop", "dev");
      await expect(second.lock()).rejects.toMatchObject({
        code: "LOCKED",
        message: expect.stringMatching(
          new RegExp(`"dev" of "shop".* process ${process.pid} on .* since .*unlock`),
        ),
      });
      await first.release();
      const lock = await second.lock();
      expect(lock.takenOver).toBeUndefined();
      await lock.release();
      await lock.release();
    });

    test("is held for one stage alone", async () => {
      const store = make();
      const first = await (await store.open("shop", "dev")).lock();
      const second = await (await store.open("shop", "prod")).lock();
      expect([first.takenOver, second.takenOver]).toEqual([undefined, undefined]);
      await Promise.all([first.release(), second.release()]);
    });

    test("lets its holder write, and after release anybody", async () => {
      const state = await make().open("shop", "dev");
      const lock = await state.lock();
      await state.put(entryOf("x"));
      expect([...(await state.entries()).keys()]).toEqual(["x"]);
      await lock.release();
      await state.remove("x");
    });

    test("is taken over from a holder that was silent for 30 s, which can then write no more", async () => {
      const clock = hastyClock();
      const store = make({ lockClock: clock });
      const silent = await store.open("shop", "dev");
      const lost = await silent.lock();
      await silent.put(entryOf("x"));
      const next = await store.open("shop", "dev");
      const lock = await next.lock();
      expect(clock.passed()).toBeGreaterThan(29_500);
      expect(clock.passed()).toBeLessThan(30_500);
      expect(lock.takenOver).toMatchObject({ pid: process.pid, since: expect.stringMatching(/Z$/) });
      await expect(silent.put(entryOf("x"))).rejects.toMatchObject({ code: "LOCKED" });
      await expect(silent.remove("x")).rejects.toMatchObject({ code: "LOCKED" });
      await lost.release();
      await next.put(entryOf("y"));
      expect([...(await next.entries()).keys()].sort()).toEqual(["x", "y"]);
      await lock.release();
    });

    test("can be broken by unlock, which tells who held it", async () => {
      const store = make();
      expect(await store.unlock("shop", "dev")).toBeUndefined();
      const state = await store.open("shop", "dev");
      await state.lock();
      expect(await store.unlock("shop", "dev")).toMatchObject({ pid: process.pid });
      await expect(state.put(entryOf("x"))).rejects.toMatchObject({ code: "LOCKED" });
      const lock = await (await store.open("shop", "dev")).lock();
      await expect(state.put(entryOf("x"))).rejects.toMatchObject({ code: "LOCKED" });
      await lock.release();
    });
  });

  describe(`${name}, as the keeper of a key,`, () => {
    test("makes one of 32 bytes and gives the same to every stage", async () => {
      const store = make();
      const key = await (await store.open("shop", "dev")).key();
      expect(key).toHaveLength(32);
      expect(await (await store.open("shop", "prod")).key()).toEqual(key);
      expect(await (await make().open("shop", "dev")).key()).not.toEqual(key);
    });

    test("takes 32 bytes as hex or base64, and stretches any other text", async () => {
      const keyFor = async (key: string) => (await make({ key }).open("shop", "dev")).key();
      const bytes = Buffer.from("0123456789abcdef0123456789abcdef");
      expect(await keyFor(bytes.toString("hex"))).toEqual(bytes);
      expect(await keyFor(bytes.toString("base64"))).toEqual(bytes);
      const stretched = await keyFor("correct horse");
      expect(stretched).toHaveLength(32);
      expect(await keyFor("correct horse")).toEqual(stretched);
      expect(await keyFor("correct horse ")).not.toEqual(stretched);
      await expect(keyFor("")).rejects.toMatchObject({ code: "VALIDATION" });
    });
  });
}
