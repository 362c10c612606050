import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileSchemaCache } from "../../src/registry/schema-cache.ts";
import { beginStore, schemaFolder } from "../../src/state/begin.ts";
import { isTemporary } from "../../src/state/disk.ts";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { entryOf } from "../support/state/entry.ts";

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const open = (folder: string) => jsonFileStore(folder).open("app", "dev");
const schema = {
  key: { type: "AWS::SQS::Queue" },
  value: { readAt: 1, schema: { typeName: "AWS::SQS::Queue" } },
};
const writeSchema = (folder: string): Promise<void> =>
  fileSchemaCache(join(folder, schemaFolder), () => beginStore(folder)).write(schema.key, schema.value);

/** Every way in which something can come to lie in the folder of a store. */
const ways: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  "a lock": async (folder) => (await open(folder)).lock(),
  "an entry without a lock": async (folder) => (await open(folder)).put(entryOf("x")),
  "the key": async (folder) => (await open(folder)).key(),
  "a key made anew": async (folder) => (await open(folder)).makeKey?.(),
  "a schema": writeSchema,
  "a schema, and a deploy after it": async (folder) => {
    await writeSchema(folder);
    await (await (await open(folder)).lock()).release();
    await (await open(folder)).key();
  },
  "a schema of before ignore files were made first, and a deploy after it": async (folder) => {
    await fileSchemaCache(join(folder, schemaFolder)).write(schema.key, schema.value);
    await (await open(folder)).key();
  },
  "what a killed run left, and a deploy after it": async (folder) => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(join(folder, ".0123456789abcdef.tmp"), "torn");
    await (await open(folder)).key();
  },
};

const untracked = (folder: string): readonly string[] => {
  const git = (...args: string[]): string => spawnSync("git", args, { cwd: folder, encoding: "utf8" }).stdout;
  git("init", "-q");
  git("add", "-A");
  return git("ls-files").trim().split("\n").filter(Boolean);
};

describe.each(Object.keys(ways))("a store that begins with %s", (way) => {
  test.each(["state", "deep/in/another/folder"])("in %s stays out of git whole", async (name) => {
    const root = temporaryFolder();
    const folder = join(root, name);
    await ways[way]?.(folder);
    expect(fs.readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
    expect(untracked(root)).toEqual([]);
  });

  test("writes its ignore file before anything else", async () => {
    const folder = join(temporaryFolder(), "state");
    await ways[way]?.(folder);
    const born = (name: string): number => fs.statSync(join(folder, name)).birthtimeMs;
    // Schemas and what a killed process has left may have been there before the store was.
    const isOlder = (name: string): boolean => name === schemaFolder || isTemporary(name);
    const others = fs.readdirSync(folder).filter((name) => name !== ".gitignore" && !isOlder(name));
    for (const other of others) expect(born(".gitignore")).toBeLessThanOrEqual(born(other));
  });
});

test.each([".gitkeep", "README.md"])(
  "in a folder that its user keeps in git by %s the key alone stays out",
  async (name) => {
    const folder = temporaryFolder();
    fs.writeFileSync(join(folder, name), "");
    const state = await open(folder);
    await state.key();
    await state.put(entryOf("x"));
    expect(untracked(folder).toSorted()).toEqual([".gitignore", name, "app/dev/x.json"].toSorted());
  },
);

test("a store of before, whose key nothing keeps out of git, keeps it out from its next write on", async () => {
  const folder = temporaryFolder();
  const state = await open(folder);
  await state.key();
  await state.put(entryOf("x"));
  fs.rmSync(join(folder, ".gitignore"));
  await (await open(folder)).put(entryOf("y"));
  expect(untracked(folder)).not.toContain(".key");
});

describe.each(["0000", "0022", "0077", "0277", "0777"])("under umask %s", (mask) => {
  test("folders are for their owner alone, and so is every file", async () => {
    const before = process.umask(Number.parseInt(mask, 8));
    onTestFinished(() => void process.umask(before));
    const folder = join(temporaryFolder(), "some", "state");
    const state = await open(folder);
    const lock = await state.lock();
    await state.key();
    await state.put(entryOf("x"));
    await writeSchema(folder);
    expect(modesIn(folder)).toEqual(
      expect.arrayContaining([".key", ".gitignore", "app/dev/.lock-1", expect.stringMatching(/dev\/\.log-/)]),
    );
    expect(fs.statSync(join(folder, "..")).mode & 0o777).toBe(0o700);
    await lock.release();
    expect(modesIn(folder)).toEqual(expect.arrayContaining([".key", ".gitignore", "app/dev/x.json"]));
  });

  /** What is in a folder, none of it for others. */
  const modesIn = (folder: string): readonly string[] => {
    const names = ["", ...fs.readdirSync(folder, { recursive: true, encoding: "utf8" })];
    for (const name of names) {
      const { mode } = fs.statSync(join(folder, name));
      const isFolder = fs.statSync(join(folder, name)).isDirectory();
      expect([name, (mode & 0o777).toString(8)]).toEqual([name, isFolder ? "700" : "600"]);
    }
    return names;
  };
});

test("files stay so on a disk without hard links", async () => {
  const folder = join(temporaryFolder(), "state");
  const linkSync = (): never => {
    throw Object.assign(new Error("no links here"), { code: "EPERM" });
  };
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const state = await jsonFileStore(folder, { files: { ...fs, linkSync } }).open("app", "dev");
  await state.lock();
  await state.key();
  for (const name of [".key", ".gitignore", "app/dev/.lock-1"])
    expect(fs.statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

describe("what killed runs have left half-way", () => {
  test("is swept by the next that takes the stage, in its folder and beside the key", async () => {
    const folder = temporaryFolder();
    await (await open(folder)).put(entryOf("x"));
    for (const place of ["app/dev", "."]) {
      fs.writeFileSync(join(folder, place, ".0123456789abcdef.tmp"), JSON.stringify(entryOf("y")));
    }
    const lock = await (await open(folder)).lock();
    const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect([...(await (await open(folder)).entries()).keys()]).toEqual(["x"]);
    await lock.release();
  });

  test("is swept among schemas once no write can be under way any more", async () => {
    const folder = temporaryFolder();
    await writeSchema(folder);
    const [old, fresh] = ["0", "1"].map((digit) =>
      join(folder, schemaFolder, `.${digit.repeat(8)}-0000-4000-8000-000000000000.tmp`),
    );
    for (const path of [old ?? "", fresh ?? ""]) fs.writeFileSync(path, "torn");
    fs.utimesSync(old ?? "", 1, 1);
    await writeSchema(folder);
    expect([fs.existsSync(old ?? ""), fs.existsSync(fresh ?? "")]).toEqual([false, true]);
  });

  test("takes nothing from a run that claims the stage in that very moment", async () => {
    const folder = temporaryFolder();
    let isFirst = true;
    const linkSync: typeof fs.linkSync = (from, to) => {
      // Somebody who has just taken another look sweeps what this run has made on its way.
      if (isFirst) fs.unlinkSync(from);
      isFirst = false;
      fs.linkSync(from, to);
    };
    const state = await jsonFileStore(folder, { files: { ...fs, linkSync } }).open("app", "dev");
    await (await state.lock()).release();
  });
});
