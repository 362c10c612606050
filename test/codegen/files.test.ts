import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeFiles } from "../../src/codegen/files.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "files-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test("a folder holds the files that it is given and no others", async () => {
  const here = await folder();
  await writeFile(join(here, "stale.json"), "{}");
  await writeFiles(here, new Map([["a/b.json", "1"]]));
  expect(await readdir(here)).toEqual(["a"]);
  expect(await readFile(join(here, "a/b.json"), "utf8")).toBe("1");
});

test("a file that holds its text already is not touched", async () => {
  const here = await folder();
  await writeFiles(
    here,
    new Map([
      ["same", "1"],
      ["other", "1"],
    ]),
  );
  const past = new Date(1_000_000);
  await Promise.all(["same", "other"].map((name) => utimes(join(here, name), past, past)));
  await writeFiles(
    here,
    new Map([
      ["same", "1"],
      ["other", "2"],
    ]),
  );
  expect((await stat(join(here, "same"))).mtime).toEqual(past);
  expect((await stat(join(here, "other"))).mtime).not.toEqual(past);
});
