import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

const door = pathToFileURL(join(import.meta.dirname, "../../../src/index.ts")).href;
const tsx = pathToFileURL(join(import.meta.dirname, "../../../node_modules/tsx/dist/esm/index.mjs")).href;

/** A running script of a user's. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves once it has said this on stdout or stderr; rejects when it ends without. */
  readonly said: (words: string) => Promise<void>;
  readonly ended: Promise<End>;
}

/** How a script has ended. */
export interface End {
  /** Its exit code, or the signal that ended it. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** All that it has said. */
  readonly all: string;
}

/** A package with one script, `deploy.mjs`: these lines after the import of this library. Runs whenever told. */
export function scriptOf(url: string, text: string): { readonly folder: string; run: () => Running } {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-script-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const names = "AWS, { app, reconcile }";
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "deploy.mjs"), `import ${names} from ${JSON.stringify(door)};\n${text}\n`);
  return { folder, run: () => running(folder, url) };
}

function running(folder: string, url: string): Running {
  const env = { ...process.env, AWS_ENDPOINT_URL: url, AWAIT_AWS_LOG: "", NO_COLOR: "1" };
  const child = spawn(process.execPath, ["--import", tsx, "deploy.mjs"], { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let all = "";
  const watching = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      all += chunk.toString();
      for (const look of watching) look();
    });
  }
  const ended = new Promise<End>((resolve) => {
    child.on("close", (code, signal) => resolve({ by: `${signal ?? code}`, at: Date.now(), all }));
  });
  return { child, ended, said };

  function said(words: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (all.includes(words)) resolve();
      };
      watching.add(look);
      look();
      void ended.then(() => reject(new Error(`it never said ${JSON.stringify(words)}: ${all}`)));
    });
  }
}
