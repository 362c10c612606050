import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { createsIn, namesIn, project } from "../support/cli/project.ts";

const head = `import AWS, { app, reconcile, caller } from "await-aws";
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const q = (name) => AWS.SQS.Queue(name, { QueueName: name });
`;

/** Scripts whose calls come after their module has been evaluated. */
const late: readonly (readonly [how: string, lines: string])[] = [
  [
    "an unawaited main() with app()",
    `async function main() { const a = await app("x"); await sleep(50); await q("late"); await a.finalize(); }
     main().catch((error) => { console.error(error); process.exitCode = 1; });`,
  ],
  [
    "a main() that leaves by process.exit(0)",
    `const main = async () => { const a = await app("x"); await sleep(50); await q("late"); await a.finalize(); };
     main().then(() => process.exit(0));`,
  ],
  ["a timer in a plain script", 'setTimeout(() => q("late"), 150);'],
  [
    "a chain of setImmediate",
    'let n = 0; const step = () => { n += 1; if (n < 500) setImmediate(step); else q("late"); }; step();',
  ],
  [
    "a stream",
    'import { createReadStream } from "node:fs"; createReadStream("package.json").resume().on("end", () => q("late"));',
  ],
  [
    "a worker's answer",
    `import { Worker } from "node:worker_threads";
     new Worker("setTimeout(() => require('node:worker_threads').parentPort.postMessage(1), 80)", { eval: true })
       .on("message", () => q("late"));`,
  ],
  ["a default export that waits for nobody", 'export default () => void sleep(60).then(() => q("late"));'],
];

describe("what a script declares late", () => {
  test.each(late)("by %s is planned, made once and never taken for an orphan", async (_, lines) => {
    const made = await project();
    made.write("deploy.mjs", head + lines);
    const plan = await made.run("plan", "deploy.mjs");
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining("Plan: 1 to add") });
    expect(namesIn(made)).toEqual([]);
    for (let i = 0; i < 2; i += 1) {
      const deploy = await made.run("deploy", "deploy.mjs");
      expect(deploy.code, deploy.stderr).toBe(0);
      expect(namesIn(made)).toEqual(["late"]);
    }
    expect(createsIn(made)).toBe(1);
  });
});

describe("what a script no longer declares", () => {
  const without: readonly (readonly [how: string, lines: string, code: number, says: string])[] = [
    ["that never finalizes its app stays", 'await app("x"); await q("b");', 0, 'never finalized "x" (dev)'],
    [
      "that sets an exit code stays",
      '(async () => { throw new Error("mine"); })().catch(() => { process.exitCode = 5; });',
      5,
      "the script has set the exit code 5",
    ],
    ["that waits for ever stays", 'await app("x"); await new Promise(() => {});', 1, "never comes (ABORTED)"],
    ["that throws late stays", 'setTimeout(() => { throw new Error("mine"); }, 50);', 1, "Error: mine"],
  ];

  test.each(without)("by a script %s", async (_, lines, code, says) => {
    const made = await project();
    const first = lines.includes("app(")
      ? 'const x = await app("x"); await q("a"); await x.finalize();'
      : 'await q("a");';
    made.write("deploy.mjs", head + first);
    expect((await made.run("deploy", "deploy.mjs")).code).toBe(0);
    made.write("deploy.mjs", head + lines);
    const deploy = await made.run("deploy", "deploy.mjs");
    expect(deploy.stderr).toContain(says);
    expect([code, 3]).toContain(deploy.code);
    expect(namesIn(made)).toContain("a");
  });

  test("goes at its app's finalize(), where the script sees it gone; two apps have each their own", async () => {
    const made = await project();
    made.write(
      "deploy.mjs",
      `${head}for (const n of ["one", "two"]) { const a = await app(n); await q("q" + n); await a.finalize(); }`,
    );
    const json = await made.run("deploy", "deploy.mjs", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      app: "one",
      ok: true,
      others: [{ app: "two", ok: true }],
    });
    made.write(
      "deploy.mjs",
      `${head}const a = await app("one"); await a.finalize(); const b = await app("two"); await q("qtwo"); await b.finalize();`,
    );
    const plan = await made.run("plan", "deploy.mjs", "--fail", "--out", "plan.json");
    expect(plan).toMatchObject({ code: 1, stderr: expect.stringContaining("several apps") });
    expect((await made.run("deploy", "deploy.mjs")).code).toBe(0);
    expect(namesIn(made)).toEqual(["qtwo"]);
    const refused = await made.run("deploy", "deploy.mjs", "--app", "third");
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("the script names two") });
  });
});

describe("where a script runs", () => {
  test.each([
    ["its own stage", 'const a = await app("p", { stage: "prod" });', [], "prod"],
    [
      "the flag's stage, which it is told of",
      'const a = await app("p", { stage: "prod" });',
      ["--stage", "test"],
      "test",
    ],
    ["the default where it says nothing", 'const a = await app("p");', [], "dev"],
    [
      "its own in reconcile()",
      'const a = { finalize() {} }; await reconcile("p", () => q("r"), { stage: "prod" });',
      [],
      "prod",
    ],
  ])("is %s", async (_, lines, flags, stage) => {
    const made = await project();
    made.write(
      "deploy.mjs",
      `${head}${lines}${lines.includes("reconcile") ? "" : ' await q("r");'} await a.finalize();`,
    );
    const deploy = await made.run("deploy", "deploy.mjs", ...flags);
    expect(deploy.code, deploy.stderr).toBe(0);
    expect(deploy.stderr.includes("sets aside its stage")).toBe(flags.length > 0);
    expect((await made.run("state", "list", "--json")).stdout).toContain(`"stage": "${stage}"`);
    const destroyed = await made.run("destroy", "deploy.mjs", "--app", "p", "--yes", ...flags);
    expect(destroyed.code, destroyed.stderr).toBe(0);
    expect(namesIn(made)).toEqual([]);
  });
});

describe("a call that has lost the run's context", () => {
  test.each([
    [
      "in an event emitter",
      'import { EventEmitter } from "node:events"; const e = new EventEmitter(); e.on("x", () => q("a")); setTimeout(() => e.emit("x"), 20);',
    ],
    ["in a custom thenable", 'await { then(done) { q("a").then(() => done(), done); } };'],
    [
      "outside of every context",
      'import { AsyncLocalStorage } from "node:async_hooks"; AsyncLocalStorage.bind(() => 0); const { executionAsyncId } = await import("node:async_hooks"); executionAsyncId(); queueMicrotask(() => q("a"));',
    ],
    ["in a loop that a preload began", 'globalThis.work.push(() => q("a"));'],
  ])("%s is the command line's all the same: planned, and not made", async (_, lines) => {
    const made = await project();
    made.write(
      "preload.mjs",
      "globalThis.work = []; setInterval(() => globalThis.work.shift()?.(), 5).unref();",
    );
    made.write("deploy.mjs", `import "./preload.mjs";\n${head}${lines}\nawait sleep(100);`);
    const plan = await made.run("plan", "deploy.mjs", "--stage", "prod");
    expect(plan.stdout).toContain("Plan: 1 to add");
    expect(plan.code).toBe(0);
    expect(createsIn(made)).toBe(0);
  });

  test("in a worker is refused, whatever it calls", async () => {
    const made = await project();
    const call = ['q("a")', 'app("x").then(() => q("a"))', 'reconcile("x", () => q("a"))'];
    made.write(
      "deploy.mjs",
      `import { Worker, isMainThread, workerData } from "node:worker_threads";\n${head}
if (isMainThread) for (let i = 0; i < 3; i += 1) await new Promise((done) => new Worker(new URL(import.meta.url), { workerData: i }).on("error", (e) => (console.log(e.code), done())).on("exit", done));
else await [() => ${call.join(", () => ")}][workerData]();`,
    );
    for (const command of ["plan", "deploy"]) {
      const { stdout, stderr } = await made.run(command, "deploy.mjs");
      expect((stdout + stderr).match(/^SCOPE_MISMATCH$/gm)).toHaveLength(3);
    }
    expect(createsIn(made)).toBe(0);
  });
});

test("parallel calls that fail alike are told of once, without a stack, by the exit code that stands for it", async () => {
  const made = await project();
  const lock = await (await jsonFileStore(join(made.folder, "state")).open("deploy", "dev")).lock();
  made.write("deploy.mjs", `${head}const both = Promise.all([q("a"), q("b")]); await q("c"); await both;`);
  const locked = await made.run("deploy", "deploy.mjs");
  await lock.release();
  expect(locked.code).toBe(4);
  expect(locked.stderr.match(/\(LOCKED\)/g)).toHaveLength(1);
  expect(locked.stderr).not.toMatch(/\n +at /);
  for (const [code, env] of [
    ["NO_REGION", { AWS_REGION: "" }],
    ["NO_CREDENTIALS", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }],
  ] as const) {
    const outcome = await made.runWith(
      { ...env, HOME: made.folder, AWS_CONFIG_FILE: "none", AWS_SHARED_CREDENTIALS_FILE: "none" },
      "deploy",
      "deploy.mjs",
    );
    expect(outcome.code, outcome.stderr).toBe(1);
    expect(outcome.stderr.match(new RegExp(`\\(${code}\\)`, "g"))).toHaveLength(1);
    expect(outcome.stderr).not.toMatch(/\n +at /);
  }
});
