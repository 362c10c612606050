import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";

const door = pathToFileURL(join(import.meta.dirname, "../../src/index.ts")).href;
const tsx = pathToFileURL(join(import.meta.dirname, "../../node_modules/tsx/dist/esm/index.mjs")).href;

interface Package {
  readonly folder: string;
  /** Runs a script of the package from the folder above it. */
  readonly run: (script: string) => { child: ChildProcess; ended: Promise<string> };
}

/** Makes a package whose scripts are these lines after the import of this library. */
function packageOf(url: string, scripts: Readonly<Record<string, string>>): Package {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, lines] of Object.entries(scripts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `import AWS from ${JSON.stringify(door)};\n${lines}\n`);
  }
  const run: Package["run"] = (script) => {
    const env = { ...process.env, AWS_ENDPOINT_URL: url };
    const child = spawn(process.execPath, ["--import", tsx, join(folder, script)], {
      cwd: dirname(folder),
      env,
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<string>((resolve) => {
      child.on("close", (code, signal) => resolve(`${signal ?? code}${code === 1 ? said : ""}`));
    });
    return { child, ended };
  };
  return { folder, run };
}

const queue = (name: string): string =>
  `await AWS.SQS.Queue(${JSON.stringify(name)}, { QueueName: "${name}" });`;

describe("a plain script", () => {
  test("has an app of its own by its path, deletes nothing, and keeps state beside package.json out of git", async () => {
    const emulator = await startEmulator({ operationMs: 1 });
    onTestFinished(() => emulator.close());
    const { folder, run } = packageOf(emulator.url, {
      "deploy.mjs": queue("a"),
      "infra/api.mjs": queue("b"),
    });
    expect(await Promise.all([run("deploy.mjs").ended, run("infra/api.mjs").ended])).toEqual(["0", "0"]);
    const state = join(folder, "state");
    expect(readdirSync(state).toSorted()).toEqual([".gitignore", ".key", "deploy", "infra%2Fapi"]);
    expect(readFileSync(join(state, ".gitignore"), "utf8")).toBe("*\n");
    expect(readdirSync(join(state, "deploy", "dev"))).toEqual(["a.json"]);
    expect(readdirSync(join(state, "infra%2Fapi", "dev"))).toEqual(["b.json"]);
    expect(emulator.resources()).toHaveLength(2);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "interrupted by %s settles what is under way, gives the stage back and dies of the signal",
    async (signal) => {
      const emulator = await startEmulator({
        operationMs: 400,
        faults: ({ api }) => {
          if (api === "CreateResource") child?.kill(signal);
          return undefined;
        },
      });
      onTestFinished(() => emulator.close());
      const { folder, run } = packageOf(emulator.url, { "deploy.mjs": `${queue("a")}\n${queue("b")}` });
      const { child, ended } = run("deploy.mjs");
      expect(await ended).toBe(signal);
      expect(emulator.resources()).toHaveLength(1);
      const stage = join(folder, "state", "deploy", "dev");
      expect(readdirSync(stage)).toEqual(["a.json"]);
      expect(readFileSync(join(stage, "a.json"), "utf8")).toContain('"status": "settled"');
    },
  );
});
