import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { call, listen, restore, said } from "../support/cli/in-process.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { entryOf } from "../support/state/entry.ts";

let folder = "";

beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv("AWAIT_AWS_STATE", folder);
  vi.stubEnv("AWAIT_AWS_STATE_KEY", undefined);
  listen();
  await (await jsonFileStore(folder).open("shop", "dev")).put(entryOf("orders"));
});

afterEach(restore);

const state = (...words: readonly string[]): Promise<string> => call("state", ...words);

const idsIn = async (place: string): Promise<string[]> => [
  ...(await (await jsonFileStore(place).open("shop", "dev")).entries()).keys(),
];

describe("await-aws state migrate", () => {
  test("copies a store into another and says what it did, and refuses one that is not empty", async () => {
    const to = await temporaryFolder();
    await state("migrate", folder, to, "--yes");
    expect(said.err).toMatch(
      /^1 entries and 0 runs of 1 stages are now in .*no key went along.*stays as it was/s,
    );
    expect(await idsIn(to)).toEqual(["orders"]);
    const other = await temporaryFolder();
    await (await jsonFileStore(other).open("else", "dev")).put(entryOf("x"));
    await state("migrate", folder, other, "--yes");
    expect(said.err).toContain('is not empty: it has "else" (dev)');
    await state("migrate", folder, folder, "--yes");
    expect(said.err).toContain("cannot be migrated into itself");
    await state("migrate", folder, "ftp://x/y", "--yes");
    expect(said.err).toContain("ftp://");
    expect(process.exitCode).toBe(1);
  });
});

describe("await-aws state pull and push", () => {
  test("give the stage back as it was, into the same or an empty store, and never backwards", async () => {
    const file = join(folder, "..", `${Date.now()}-pulled.json`);
    const text = await state("pull");
    await state("pull", "--app", "shop", "--out", file);
    expect(readFileSync(file, "utf8")).toBe(text);
    const to = await temporaryFolder();
    await state("push", file, "--store", to, "--yes");
    expect(said.err).toContain("shop (dev): 1 entries written, 0 removed");
    expect(await idsIn(to)).toEqual(["orders"]);
    await (await jsonFileStore(folder).open("shop", "dev")).put(entryOf("newer"));
    await state("push", file, "--yes");
    expect(said.err).toContain("would go backwards");
    expect(await idsIn(folder)).toHaveLength(2);
    await state("push", file, "--yes", "--force");
    expect(await idsIn(folder)).toEqual(["orders"]);
    writeFileSync(file, "{}");
    await state("push", file, "--yes");
    expect(said.err).toContain("is none that `await-aws state pull` writes");
    await state("push", `${file}.none`, "--yes");
    expect(said.err).toContain("cannot be read");
  });
});
