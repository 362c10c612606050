import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addCommands } from "../../src/cli/commands.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { temporaryFolder } from "../support/registry/temporary-folder.ts";
import { entryOf } from "../support/state/entry.ts";

let folder = "";
let [out, err] = ["", ""];

beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv("AWAIT_AWS_STATE", folder);
  vi.stubEnv("AWAIT_AWS_STATE_KEY", undefined);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => (out += String(text)) !== "");
  vi.spyOn(process.stderr, "write").mockImplementation((text) => (err += String(text)) !== "");
  await (await jsonFileStore(folder).open("shop", "dev")).put(entryOf("orders"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = 0;
});

const call = async (...words: readonly string[]): Promise<string> => {
  [out, err] = ["", ""];
  process.exitCode = 0;
  const program = new Command("await-aws").exitOverride();
  addCommands(program);
  await program.parseAsync(["node", "await-aws", "state", ...words]);
  return out;
};

const idsIn = async (place: string): Promise<string[]> => [
  ...(await (await jsonFileStore(place).open("shop", "dev")).entries()).keys(),
];

describe("await-aws state migrate", () => {
  test("copies a store into another and says what it did, and refuses one that is not empty", async () => {
    const to = await temporaryFolder();
    await call("migrate", folder, to, "--yes");
    expect(err).toMatch(/^1 entries and 0 runs of 1 stages are now in .*no key went along.*stays as it was/s);
    expect(await idsIn(to)).toEqual(["orders"]);
    const other = await temporaryFolder();
    await (await jsonFileStore(other).open("else", "dev")).put(entryOf("x"));
    await call("migrate", folder, other, "--yes");
    expect(err).toContain('is not empty: it has "else" (dev)');
    await call("migrate", folder, folder, "--yes");
    expect(err).toContain("cannot be migrated into itself");
    await call("migrate", folder, "ftp://x/y", "--yes");
    expect(err).toContain("ftp://");
    expect(process.exitCode).toBe(1);
  });
});

describe("await-aws state pull and push", () => {
  test("give the stage back as it was, into the same or an empty store, and never backwards", async () => {
    const file = join(folder, "..", `${Date.now()}-pulled.json`);
    const text = await call("pull");
    await call("pull", "--app", "shop", "--out", file);
    expect(readFileSync(file, "utf8")).toBe(text);
    const to = await temporaryFolder();
    await call("push", file, "--store", to, "--yes");
    expect(err).toContain("shop (dev): 1 entries written, 0 removed");
    expect(await idsIn(to)).toEqual(["orders"]);
    await (await jsonFileStore(folder).open("shop", "dev")).put(entryOf("newer"));
    await call("push", file, "--yes");
    expect(err).toContain("would go backwards");
    expect(await idsIn(folder)).toHaveLength(2);
    await call("push", file, "--yes", "--force");
    expect(await idsIn(folder)).toEqual(["orders"]);
    writeFileSync(file, "{}");
    await call("push", file, "--yes");
    expect(err).toContain("is none that `await-aws state pull` writes");
    await call("push", `${file}.none`, "--yes");
    expect(err).toContain("cannot be read");
  });
});
