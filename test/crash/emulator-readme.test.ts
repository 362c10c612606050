import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endOf, withFolder } from "../support/crash/kills.ts";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "src/emulator/README.md"), "utf8");
const examples = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code = ""]) => code);

const doors: Readonly<Record<string, string>> = {
  '"await-aws"': JSON.stringify(join(root, "src/index.ts")),
  '"await-aws/emulator"': JSON.stringify(join(root, "src/emulator/index.ts")),
};

test("every example of the emulator's README does what it says", async () => {
  expect(examples).toHaveLength(3);
  await withFolder(async (folder) => {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const ends = examples.map((code, index) => {
      const script = join(folder, `example-${index}.ts`);
      writeFileSync(
        script,
        code.replace(/"await-aws[^"]*"/g, (door) => doors[door] ?? door),
      );
      return endOf(spawn(process.execPath, ["--import", "tsx", script], { cwd: root }));
    });
    expect(await Promise.all(ends)).toEqual(["0", "0", "0"]);
  });
});
