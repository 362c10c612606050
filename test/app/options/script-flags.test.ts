import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { flagsIn } from "../../../src/app/options/script-flags.ts";
import { startEmulator } from "../../../src/emulator/index.ts";
import { packageOf } from "../../support/app/package-of.ts";

describe("the flags of a plain script", () => {
  test("are read beside the script's own", () => {
    expect(flagsIn(["prod", "--stage", "test", "--adopt", "--mine=1", "-y"])).toEqual({
      phase: "deploy",
      isConfirmed: true,
      options: { stage: "test", adopt: true },
    });
  });

  test("ask for one phase at a time", () => {
    expect(() => flagsIn(["--plan", "--destroy"])).toThrow("exclude each other");
  });

  test.each([
    [["--stage", "--plan"], "--stage takes the name of a stage, not --plan"],
    [["--stage=--plan"], "--stage takes the name of a stage, not --plan"],
    [["--plan", "--stage"], "--stage takes the name of a stage"],
    [["--stage", ""], "--stage takes the name of a stage"],
    [["--plan=false"], "--plan takes no value; given was false"],
  ])("are refused where they lack or swallow a value: %j", (args, message) => {
    expect(() => flagsIn(args)).toThrow(message);
  });

  test.each([
    ["--dry-run", "did you mean --plan?"],
    ["--dryRun", "did you mean --plan?"],
    ["--dry_run=true", "did you mean --plan?"],
    ["--pln", "did you mean --plan?"],
    ["--Plan", "did you mean --plan?"],
    ["-plan", "did you mean --plan?"],
    ["--no-plan", "did you mean --plan?"],
    ["--preview", "did you mean --plan?"],
    ["--what-if", "did you mean --plan?"],
    ["--stgae=prod", "did you mean --stage?"],
    ["--destory", "did you mean --destroy?"],
    ["--regoin", "did you mean --region?"],
    ["--target", "`await-aws deploy` takes it"],
    ["--allow-replace", "`await-aws deploy` takes it"],
    ["--refresh=missing", "`await-aws deploy` takes it"],
    ["--help", "which takes --plan"],
    ["-h", "which takes --plan"],
    ["--version", "which takes --plan"],
  ])("that only look like ours are refused: %s", (arg, message) => {
    expect(() => flagsIn(["x", arg, "y"])).toThrow(message);
    expect(() => flagsIn(["--", arg])).not.toThrow();
  });

  test.each([
    "--mine",
    "--verbose",
    "--name=x",
    "-v",
    "-xyz",
    "--tenant",
    "--port=80",
    "--env",
    "--json",
    "--quiet",
  ])("that are the script's own are left to it: %s", (arg) => {
    expect(flagsIn([arg])).toEqual({ phase: "deploy", isConfirmed: false, options: {} });
  });

  test("say where and as whom, as those of the command line do", () => {
    const { options } = flagsIn([
      "--region=eu-west-1",
      "--profile",
      "ops",
      "--endpoint",
      "http://127.0.0.1:1",
    ]);
    expect(options).toEqual({ region: "eu-west-1", profile: "ops", endpoint: "http://127.0.0.1:1" });
    expect(() => flagsIn(["--region"])).toThrow("--region takes the name of a region");
  });

  test.each(["--dry-run", "--pln", "--help"])(
    "are refused before anything is done, with app() and without: %s",
    async (flag) => {
      const emulator = await startEmulator({ operationMs: 1 });
      onTestFinished(() => emulator.close());
      const { run } = packageOf(emulator.url, {
        "plain.mjs": 'await AWS.SQS.Queue("jobs", { QueueName: "jobs" });',
        "app.mjs": 'await app("shop"); await AWS.SQS.Queue("jobs", { QueueName: "jobs" });',
      });
      const refused = await Promise.all([run("plain.mjs", flag).ended, run("app.mjs", flag).ended]);
      for (const told of refused) expect(told).toMatch(/^1[^]*is no flag of a plain script/);
      expect(emulator.calls).toEqual([]);
    },
  );

  test("are not read out of the script's own letters, nor behind --", () => {
    expect(flagsIn(["-xy", "--", "--plan"])).toMatchObject({ phase: "deploy", isConfirmed: false });
  });

  test("that ask for no deploy are refused by a script without app() before anything is written", async () => {
    const emulator = await startEmulator({ operationMs: 1 });
    onTestFinished(() => emulator.close());
    const { run } = packageOf(emulator.url, {
      "deploy.mjs": 'await AWS.SQS.Queue("jobs", { QueueName: "jobs" });',
    });
    const refused = await Promise.all([
      run("deploy.mjs", "--plan").ended,
      run("deploy.mjs", "--destroy").ended,
    ]);
    expect(refused[0]).toMatch(/^1[^]*--plan needs `await app\("name"\)`[^]*`await-aws plan deploy.ts`/);
    expect(refused[1]).toMatch(/^1[^]*--destroy needs/);
    expect(emulator.calls).toEqual([]);
  });
});

test("a script without app() takes its stage and leave to adopt from its flags", async () => {
  const emulator = await startEmulator({ operationMs: 1 });
  onTestFinished(() => emulator.close());
  emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/jobs" });
  const { run, folder } = packageOf(emulator.url, {
    "deploy.mjs": 'await AWS.Logs.LogGroup("jobs", { LogGroupName: "/jobs" });',
  });
  expect(await run("deploy.mjs", "--stage", "prod").ended).toMatch(/^1[^]*ALREADY_EXISTS/);
  expect(await run("deploy.mjs", "--stage", "prod", "--adopt").ended).toBe("0");
  expect(await run("deploy.mjs", "--stage").ended).toMatch(/^1[^]*--stage takes the name of a stage/);
  expect(readdirSync(join(folder, "state", "deploy"))).toEqual(["prod"]);
});

/** The scripts lie in a folder of a name that nobody knows beforehand. */
const withoutFolder = (text: string): string => text.replaceAll(/\S*await-aws-\w+\//g, "");

test("a script with app() plans, deploys and destroys as its flags say", async () => {
  const emulator = await startEmulator({ operationMs: 1 });
  onTestFinished(() => emulator.close());
  const scripts = {
    "deploy.mjs": `
      const shop = await app("shop");
      await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
      await shop.finalize();`,
  };
  const { run } = packageOf(emulator.url, scripts, { AWAIT_AWS_LOG: "" });
  const queues = (): number => emulator.resources().length;
  const plan = run("deploy.mjs", "--plan");
  expect(await plan.ended).toBe("0");
  expect(withoutFolder(plan.output())).toMatchInlineSnapshot(`
    "+ jobs  AWS::SQS::Queue  deploy.mjs:4:21
        QueueName: "jobs"

    Plan: 1 to add, 0 to change, 0 to destroy.
    "
  `);
  expect(queues()).toBe(0);
  expect(await run("deploy.mjs", "--stage", "one").ended).toBe("0");
  expect(queues()).toBe(1);
  expect(await run("deploy.mjs", "--destroy", "--stage", "one").ended).toMatch(/^1.*--destroy needs --yes/s);
  expect(queues()).toBe(1);
  expect(await run("deploy.mjs", "--destroy", "--stage", "one", "--yes").ended).toBe("0");
  expect(queues()).toBe(0);
});

test("a plan tells of deletions and renames when the script finalizes, and of what it came to when it does not", async () => {
  const emulator = await startEmulator({ operationMs: 1 });
  onTestFinished(() => emulator.close());
  const scripts = {
    "one.mjs": 'await app("shop"); await AWS.SQS.Queue("jobs", { QueueName: "jobs" }); await app.finalize();',
    "two.mjs": 'await app("shop"); await AWS.SQS.Queue("work", { QueueName: "jobs" }); await app.finalize();',
    "cut.mjs": 'await app("shop"); await AWS.SQS.Queue("more", {}); throw new Error("half-way");',
  };
  const { run } = packageOf(emulator.url, scripts, { AWAIT_AWS_LOG: "" });
  await run("one.mjs").ended;
  const renamed = run("two.mjs", "--plan");
  expect(await renamed.ended).toBe("0");
  expect(withoutFolder(renamed.output())).toMatchInlineSnapshot(`
    "+ work  AWS::SQS::Queue  two.mjs:2:34
        QueueName: "jobs"
    - jobs  AWS::SQS::Queue  https://sqs.us-east-1.amazonaws.com/123456789012/jobs

    ? looks like "jobs" renamed to "work" (AWS::SQS::Queue): pass renamedFrom: "jobs" to keep the resource

    Plan: 1 to add, 0 to change, 1 to destroy.
    "
  `);
  const cut = run("cut.mjs", "--plan");
  expect(await cut.ended).toMatch(/^1.*half-way/s);
  expect(withoutFolder(cut.output())).toMatchInlineSnapshot(`
    "+ more  AWS::SQS::Queue  cut.mjs:2:34

    Plan: 1 to add, 0 to change, 0 to destroy.
    "
  `);
  expect(emulator.resources()).toHaveLength(1);
});
