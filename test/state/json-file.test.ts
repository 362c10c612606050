import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isResourceError } from "../../src/errors.ts";
import { type Files, jsonFileStore } from "../../src/state/index.ts";
import { storeConforms } from "../support/state/conformance.ts";
import { entryOf } from "../support/state/entry.ts";

const root = fs.mkdtempSync(join(tmpdir(), "state-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => fs.mkdtempSync(join(root, "store-"));

storeConforms("the JSON file store", (options) => jsonFileStore(newFolder(), options));

const openIn = (folder: string, files?: Files) => jsonFileStore(folder, { files }).open("shop", "dev");
const fileIn = (folder: string, name = "x.json"): string => join(folder, "shop", "dev", name);
const failing = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

describe("the JSON file store on disk", () => {
  test("makes nothing before the first write", async () => {
    const folder = join(newFolder(), "state");
    const state = await openIn(folder);
    await state.entries();
    await state.remove("x").catch(() => undefined);
    await jsonFileStore(folder).unlock("shop", "dev");
    expect(fs.existsSync(folder)).toBe(false);
  });

  test("writes one readable file a resource, for its owner alone, and leaves nothing beside it", async () => {
    const folder = newFolder();
    const state = await jsonFileStore(folder).open("infra/api", "dev");
    await state.put(entryOf("api/route: $default"));
    const stage = join(folder, "infra%2Fapi", "dev");
    expect(fs.readdirSync(stage)).toEqual(["api%2Froute%3A%20%24default.json"]);
    const file = join(stage, "api%2Froute%3A%20%24default.json");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(file, "utf8")).toBe(
      `${JSON.stringify(entryOf("api/route: $default"), undefined, 2)}\n`,
    );
  });

  test("keeps its key in a file for its owner alone, which another process finds", async () => {
    const folder = newFolder();
    const key = await (await openIn(folder)).key();
    expect(fs.statSync(join(folder, ".key")).mode & 0o777).toBe(0o600);
    expect(await (await openIn(folder)).key()).toEqual(key);
  });

  test("does not replace a key file it cannot read", async () => {
    const folder = newFolder();
    fs.writeFileSync(join(folder, ".key"), "short\n");
    await expect((await openIn(folder)).key()).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
    expect(fs.readFileSync(join(folder, ".key"), "utf8")).toBe("short\n");
  });

  const whole = JSON.stringify(entryOf("x"));
  test.each([
    ["torn", whole.slice(0, 100)],
    ["empty", ""],
    ["from a newer version", JSON.stringify({ ...entryOf("x"), version: 2, status: "dormant" })],
    ["of another tool", '{"resources":[],"version":4}'],
    ["without a version", '{"id":"x"}'],
    ["a list", "[]"],
    ["broken by hand", JSON.stringify({ ...entryOf("x"), status: "setled" })],
    ["broken within", JSON.stringify({ ...entryOf("x"), home: { region: "eu-central-1" } })],
    ["the copy of another", JSON.stringify(entryOf("y"))],
  ])("gives a file that is %s as an error naming it, and never touches it", async (_, text) => {
    const folder = newFolder();
    const state = await openIn(folder);
    await state.put(entryOf("x"));
    await state.put(entryOf("good"));
    fs.writeFileSync(fileIn(folder), text);
    const entries = await state.entries();
    expect([...entries.keys()].sort()).toEqual(["good", "x"]);
    expect(entries.get("x")).toMatchObject({
      code: "STATE_UNREADABLE",
      message: expect.stringContaining(fileIn(folder)),
    });
    await expect(state.put(entryOf("x"))).rejects.toMatchObject({ code: "STATE_UNREADABLE", id: "x" });
    await expect(state.remove("x")).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
    expect(fs.readFileSync(fileIn(folder), "utf8")).toBe(text);
  });

  test("takes no notice of files that are not records", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    await state.put(entryOf("x"));
    for (const name of [".0123.tmp", ".lock-9", "README.md", ".DS_Store"]) {
      fs.writeFileSync(fileIn(folder, name), "{");
    }
    expect([...(await state.entries()).keys()]).toEqual(["x"]);
  });

  test("names a file whose spelling is not its own", async () => {
    const folder = newFolder();
    const state = await openIn(folder);
    await state.put(entryOf("x"));
    fs.writeFileSync(fileIn(folder, "a b.json"), JSON.stringify(entryOf("a b")));
    expect((await state.entries()).get("a b.json")).toMatchObject({ code: "STATE_UNREADABLE" });
  });

  test("reads 1,000 entries in one short sweep", async () => {
    const state = await openIn(newFolder());
    for (let i = 0; i < 1_000; i++) await state.put(entryOf(`id-${i}`));
    const start = performance.now();
    expect((await state.entries()).size).toBe(1_000);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("keeps every write of 1,000 interleaved writers", async () => {
    const folder = newFolder();
    const put = async (_: unknown, i: number): Promise<void> =>
      (await openIn(folder)).put(entryOf(`id-${i % 100}`, { identifier: String(i) }));
    await Promise.all(Array.from({ length: 1_000 }, put));
    const entries = await (await openIn(folder)).entries();
    expect(entries.size).toBe(100);
    expect([...entries.values()].some(isResourceError)).toBe(false);
    expect(fs.readdirSync(fileIn(folder, ".")).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("the JSON file store on a failing disk", () => {
  test.each([
    ["EROFS", "openSync"],
    ["EACCES", "mkdirSync"],
    ["ENOSPC", "writeFileSync"],
    ["EIO", "fsyncSync"],
    ["EACCES", "renameSync"],
  ] as const)("tells of %s from %s, keeps the old entry and leaves no litter", async (code, step) => {
    const folder = newFolder();
    await (await openIn(folder)).put(entryOf("x"));
    const broken = await openIn(folder, { ...fs, [step]: failing(code) });
    await expect(broken.put(entryOf("x", { identifier: "new" }))).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      message: expect.stringContaining(code),
    });
    expect(fs.readdirSync(fileIn(folder, "."))).toEqual(["x.json"]);
    expect(await (await openIn(folder)).entries()).toEqual(new Map([["x", entryOf("x")]]));
  });

  test("needs no folder that can be synced", async () => {
    const openSync: Files["openSync"] = (path, flags, mode) =>
      flags === "r" ? failing("EISDIR")() : fs.openSync(path, flags, mode);
    const state = await openIn(newFolder(), { ...fs, openSync });
    await state.put(entryOf("x"));
    expect((await state.entries()).size).toBe(1);
  });

  test("tells of a file that the disk will not give", async () => {
    const folder = newFolder();
    await (await openIn(folder)).put(entryOf("x"));
    const state = await openIn(folder, { ...fs, readFileSync: failing("EIO") });
    expect((await state.entries()).get("x")).toMatchObject({ code: "STATE_UNREADABLE" });
    await expect(state.put(entryOf("x"))).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
  });

  test("after a crash at any step holds the old entry or the new one, whole", async () => {
    const [before, after] = [entryOf("x", { identifier: "old" }), entryOf("x", { identifier: "new" })];
    for (let stopAt = 1; stopAt <= 20; stopAt++) {
      const folder = newFolder();
      await (await openIn(folder)).put(before);
      const run = openIn(folder, crashingAt(stopAt)).then((state) => state.put(after));
      await run.catch(() => undefined);
      expect([before, after]).toContainEqual((await (await openIn(folder)).entries()).get("x"));
    }
  });
});

/** Files of a process that dies at its n-th step: nothing works any more, not even tidying up. */
function crashingAt(stopAt: number): Files {
  let step = 0;
  return new Proxy<Files>(
    { ...fs },
    {
      get(files, name) {
        const act: unknown = Reflect.get(files, name);
        if (typeof act !== "function") return act;
        return (...given: unknown[]): unknown =>
          ++step >= stopAt ? failing("crash")() : Reflect.apply(act, undefined, given);
      },
    },
  );
}
