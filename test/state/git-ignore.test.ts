import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { jsonFileStore } from "../../src/state/json-file.ts";

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const lockOnce = async (folder: string): Promise<void> => {
  const state = await jsonFileStore(folder).open("app", "dev");
  await (await state.lock()).release();
};

test("a store that makes its folder keeps it out of git", async () => {
  const folder = join(temporaryFolder(), "state");
  await lockOnce(folder);
  expect(fs.readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
});

test("a folder that was there keeps what it has, and does without what it has not", async () => {
  const mine = temporaryFolder();
  fs.writeFileSync(join(mine, ".gitignore"), "!app/\n");
  await lockOnce(mine);
  expect(fs.readFileSync(join(mine, ".gitignore"), "utf8")).toBe("!app/\n");

  const shared = temporaryFolder();
  fs.writeFileSync(join(shared, "README.md"), "state that we commit");
  await lockOnce(shared);
  expect(fs.existsSync(join(shared, ".gitignore"))).toBe(false);
});
