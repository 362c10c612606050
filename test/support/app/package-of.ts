import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

const door = pathToFileURL(join(import.meta.dirname, "../../../src/index.ts")).href;
const tsx = pathToFileURL(join(import.meta.dirname, "../../../node_modules/tsx/dist/esm/index.mjs")).href;

/** A package in a folder of its own. */
export interface Package {
  readonly folder: string;
  /** Runs a script of the package from the folder above it. */
  readonly run: (
    script: string,
    ...flags: string[]
  ) => { child: ChildProcess; ended: Promise<string>; output: () => string };
}

/** Makes a package whose scripts are these lines after the import of this library. */
export function packageOf(
  url: string,
  scripts: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Package {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, lines] of Object.entries(scripts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `import AWS, { app } from ${JSON.stringify(door)};\n${lines}\n`);
  }
  const run: Package["run"] = (script, ...flags) => {
    const env = { ...process.env, AWS_ENDPOINT_URL: url, ...environment };
    const child = spawn(process.execPath, ["--import", tsx, join(folder, script), ...flags], {
      cwd: dirname(folder),
      env,
    });
    let [said, output] = ["", ""];
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<string>((resolve) => {
      child.on("close", (code, signal) => resolve(`${signal ?? code}${code === 1 ? said : ""}`));
    });
    return { child, ended, output: () => output };
  };
  return { folder, run };
}
