/**
 * The law of the ends with processes and a clock as they are: two dozen stories, by `npm run sweep:ends` alone.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { jsonFileStore } from "../../../src/state/json-file.ts";
import { type Ended, ended } from "../../support/cli/started.ts";
import { type Branch, branchOf } from "../../support/app/branch.ts";

const root = resolve(import.meta.dirname, "../../..");
const commandLine = join(root, "dist/cli/main.js");
const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;

const branch = branchOf(60);

/** How a script starts its main(); each but the last two in a way of its own that nobody waits for. */
const starts = [
  "main();",
  "void main().catch((error) => { console.error(error); process.exitCode = 9; });",
  "setTimeout(main, 20);",
  "setImmediate(main);",
  "process.nextTick(main);",
  'import("node:fs/promises").then(({ readFile }) => readFile("package.json")).then(main);',
  "Promise.resolve().then(main);",
  "await main();",
  "const done = main(); await new Promise((done) => setTimeout(done, 5)); await done;",
] as const;

const story = fc.record({
  branches: fc.array(branch, { minLength: 1, maxLength: 4 }),
  lost: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
  late: fc.nat({ max: 2 }),
  start: fc.constantFrom(...starts),
});

interface Version {
  readonly branches: readonly Branch[];
  readonly isLost: (id: number) => boolean;
  /** How many declare only once the end is over. */
  readonly late: number;
}

const q = (id: string): string => `AWS.SQS.Queue("${id}", { QueueName: "${id}" })`;

/** The statements of a program; all that it began has ended by its last line, whoever has waited for it. */
function linesOf({ branches, isLost }: Version): string {
  let next = 0;
  const lines = branches.map(({ isAwaited, pauses }) => {
    const calls = pauses.map((ms) => {
      const id = next++;
      return `await sleep(${ms});${isLost(id) ? "" : ` await ${q(`q${id}`)};`}`;
    });
    return `${isAwaited ? "await " : ""}begin(async () => { ${calls.join(" ")} });`;
  });
  return `${lines.join("\n")}\nawait Promise.all(begun);`;
}

const head = `import AWS, { app, reconcile } from "await-aws";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const begun = [];
const begin = (branch) => { const promise = branch(); begun.push(promise); return promise; };
`;

/** Calls that come too late, which is told to whoever makes them. */
const lateLines = ({ late }: Version): string =>
  Array.from(
    { length: late },
    (_, i) =>
      `setTimeout(() => ${q(`late${i}`)}.then(() => console.log("made"), ({ code }) => console.log(code)), 40);`,
  ).join("\n");

/** The same from within a run that has ended. */
const afterRun = (version: Version): string =>
  lateLines(version).replaceAll("setTimeout(() =>", "void over.then(() =>").replaceAll(", 40)", ")");

/** The text of a script by the door that it is for, and how it is run. */
const doors: Readonly<
  Record<
    string,
    { readonly text: (version: Version, start: string) => string; readonly words: readonly string[] }
  >
> = {
  "the command line": {
    text: (version, start) =>
      `${head}async function main() { const a = await app("shop");\n${linesOf(version)}\nawait a.finalize();\n${lateLines(version)} }\n${start}`,
    words: [commandLine, "deploy", "shop.mjs"],
  },
  tsx: {
    text: (version, start) =>
      `${head}async function main() { const a = await app("shop");\n${linesOf(version)}\nawait a.finalize();\n${lateLines(version)} }\n${start}`,
    words: ["--import", tsx, "shop.mjs"],
  },
  "reconcile()": {
    text: (version, start) =>
      `${head}let end; const over = new Promise((done) => { end = done; });
async function main() { await reconcile("shop", async () => {\n${linesOf(version)}\n${afterRun(version)} }); end(); }\n${start}`,
    words: ["--import", tsx, "shop.mjs"],
  },
  "the command line, with no app": {
    text: (version, start) => `${head}async function main() {\n${linesOf(version)} }\n${start}`,
    words: [commandLine, "deploy", "shop.mjs"],
  },
};

interface Ground {
  readonly emulator: Emulator;
  readonly folder: string;
}

async function ground(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "await-aws-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/await-aws"), "dir");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return { folder, emulator: await startEmulator({ operationMs: 1 }) };
}

function started({ emulator, folder }: Ground, words: readonly string[]): Promise<Ended> {
  const env = { ...process.env, AWS_ENDPOINT_URL: emulator.url, NO_COLOR: "1" };
  return ended(spawn(process.execPath, words, { cwd: folder, env }));
}

async function worldOf({ emulator, folder }: Ground): Promise<object> {
  const stage = await jsonFileStore(join(folder, "state")).open("shop", "dev");
  const named = emulator.resources().map(({ Identifier }) => Identifier.split("/").at(-1) ?? "");
  return { resources: named.toSorted(), recorded: [...(await stage.entries()).keys()].toSorted() };
}

/** What must be there after a version, and is by nobody made twice. */
function modelOf({ branches, isLost }: Version): object {
  const count = branches.flatMap(({ pauses }) => pauses).length;
  const names = Array.from({ length: count }, (_, id) => id).filter((id) => !isLost(id));
  const all = names.map((id) => `q${id}`).toSorted();
  return { resources: all, recorded: all };
}

interface Story {
  readonly first: Version;
  readonly second: Version;
  readonly start: string;
}

/** Plays both versions by one door, in a folder and a cloud of its own. */
async function play(door: string, { first, second, start }: Story): Promise<void> {
  const { text, words } = doors[door] ?? { text: () => "", words: [] };
  const here = await ground();
  const creates = first.branches.flatMap(({ pauses }) => pauses);
  try {
    for (const version of [first, second]) {
      writeFileSync(join(here.folder, "shop.mjs"), text(version, start));
      const { code, stdout, stderr } = await started(here, words);
      // Where the run is the process's, a call that was refused is one that has failed.
      const isLost = creates.some((_, id) => version.isLost(id));
      const asked = version.late > 0 && door === "the command line" ? (isLost ? 3 : 1) : 0;
      expect([door, code, await worldOf(here)], stderr + stdout).toEqual([door, asked, modelOf(version)]);
      expect(stdout + stderr).not.toMatch(/^made$/m);
    }
    const made = here.emulator.calls.filter(({ api }) => api === "CreateResource");
    expect([door, made.length]).toEqual([door, creates.length]);
  } finally {
    await here.emulator.close();
    rmSync(here.folder, { recursive: true, force: true });
  }
}

const isAsked = process.env["AWAIT_AWS_ENDS"] !== undefined;
const runs = 24;

test.runIf(isAsked)(
  "a script in a process of its own ends in the same world by every door, in its first version and in one that has lost some ids",
  async () => {
    const law = fc.asyncProperty(story, async ({ branches, lost, late, start }) => {
      const first = { branches, isLost: () => false, late: 0 };
      const second = { branches, isLost: (id: number) => lost.includes(id), late };
      await Promise.all(Object.keys(doors).map((door) => play(door, { first, second, start })));
    });
    await fc.assert(law, { numRuns: runs, endOnFailure: true });
  },
  60_000 + runs * 30_000,
);
