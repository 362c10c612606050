import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";

const root = resolve(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The files that the tour asks for, by name. */
const files = [...readme.matchAll(/<!-- tour: (\S+) -->\n```ts\n([^]*?)```/g)].map(
  ([, name = "", text = ""]) => [name, text] as const,
);

/** What the tour shows: a command after each `$ `, and below it what it writes. */
const [, shown = ""] = /<!-- tour -->\n```console\n([^]*?)```/.exec(readme) ?? [];

/** Times differ from run to run. */
const timeless = (text: string): string => text.replaceAll(/\d+(?:\.\d+)? s\b/g, "0.0 s");

/** An empty folder with the package installed, and the tour's files. */
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  mkdirSync(join(made, "node_modules"));
  symlinkSync(root, join(made, "node_modules/await-aws"), "dir");
  symlinkSync(join(root, "node_modules/tsx"), join(made, "node_modules/tsx"), "dir");
  writeFileSync(join(made, "package.json"), '{ "type": "module" }');
  for (const [name, text] of files) writeFileSync(join(made, name), text);
  return made;
}

const commands: readonly (readonly [string, string])[] = [
  ["npx await-aws", `"${process.execPath}" node_modules/await-aws/dist/cli/main.js`],
  ["npx tsx", `"${process.execPath}" --no-warnings node_modules/tsx/dist/cli.mjs`],
];

test("the tour's commands, line by line, write what the README shows", { timeout: 60_000 }, async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const cwd = folder();
  const env = { ...process.env, AWS_ENDPOINT_URL: emulator.url, AWAIT_AWS_LOG: "silent", NO_COLOR: "1" };
  const run = (line: string): Promise<string> => {
    const command = commands.reduce((text, [from, to]) => text.replace(from, to), line);
    return new Promise((done) => {
      execFile("bash", ["-c", `${command} 2>&1`], { cwd, env }, (_, stdout) => done(stdout));
    });
  };
  const written: string[] = [];
  for (const [, line = ""] of shown.matchAll(/^\$ (.*)$/gm)) written.push(`$ ${line}\n${await run(line)}`);
  expect(written.length).toBeGreaterThan(10);
  expect(timeless(written.join(""))).toBe(timeless(shown));
  expect(emulator.resources()).toEqual([]);
});
