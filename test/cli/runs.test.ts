import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { jsonFileStore } from "../../src/state/json-file.ts";
import { project } from "../support/cli/project.ts";
import { ended, start } from "../support/cli/started.ts";

const script = (delay: number): string => `
import AWS from "await-aws";
const queue = await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: ${delay} });
const label: string = queue.QueueName ?? "";
console.log("script says", label);
`;

test("a script is planned, deployed as planned, compared and destroyed", async () => {
  const { emulator, run, write } = await project();
  write("deploy.ts", script(1));
  const plan = await run("plan", "deploy.ts", "--detailed-exitcode", "--out", "plan.json");
  expect(plan.code).toBe(2);
  expect(plan.stdout).toMatch(/\+ jobs {2}AWS::SQS::Queue/);
  expect(plan.stdout.trimEnd()).toMatch(/Plan: 1 to add, 0 to change, 0 to destroy\.$/);
  expect(plan.stdout).not.toContain("script says");
  expect(emulator.resources()).toEqual([]);

  const deploy = await run("deploy", "deploy.ts", "--plan", "plan.json", "--json");
  expect(deploy.code).toBe(0);
  expect(JSON.parse(deploy.stdout)).toMatchObject({ ok: true, app: "deploy", changes: [{ move: "create" }] });

  write("deploy.ts", script(2));
  const stale = await run("deploy", "deploy.ts", "--plan", "plan.json");
  expect(stale).toMatchObject({ code: 1 });
  expect(stale.stderr).toContain("PLAN_MISMATCH");

  const drift = await run("drift", "deploy.ts", "--fail");
  expect(drift).toMatchObject({
    code: 0,
    stdout: "Drift: 0 drifted, 0 missing, 0 not comparable, 1 the same.\n",
  });
  emulator.change("AWS::SQS::Queue", emulator.resources()[0]?.Identifier ?? "", (now) => ({
    ...now,
    DelaySeconds: 9,
  }));
  expect((await run("drift", "deploy.ts", "--fail")).code).toBe(2);
  expect((await run("drift", "deploy.ts", "--repair")).code).toBe(0);
  expect(emulator.resources()[0]?.Properties).toMatchObject({ DelaySeconds: 2 });

  const astray = await run("destroy", "deploy.ts", "--yes", "--target", "jbos");
  expect(astray).toMatchObject({ code: 1, stderr: expect.stringContaining('did you mean "jobs"?') });
  const refused = await run("destroy", "deploy.ts");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("--yes");
  expect((await run("destroy", "deploy.ts", "--yes")).code).toBe(0);
  expect(emulator.resources()).toEqual([]);
  expect(await run("destroy", "deploy.ts")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^nothing is recorded of deploy \(dev\) in .*state: nothing to do/),
  });
});

test("events are told one JSON object a line, the report last", async () => {
  const { run, write } = await project();
  write("deploy.mjs", script(1).replace(": string", ""));
  const { stdout, code } = await run("deploy", "deploy.mjs", "--events", "ndjson");
  expect(code).toBe(0);
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string });
  expect(events.map(({ name }) => name)).toContain("done");
  expect(events.at(-1)).toMatchObject({ version: 2, name: "report", report: { ok: true } });
});

describe("a script that throws", () => {
  test("after something was applied exits 3, keeps it, and deletes nothing", async () => {
    const { emulator, run, write } = await project();
    write("deploy.mjs", 'import AWS from "await-aws";\nawait AWS.SQS.Queue("old", { QueueName: "old" });');
    await run("deploy", "deploy.mjs");
    write(
      "deploy.mjs",
      'import AWS from "await-aws";\nawait AWS.SQS.Queue("new", { QueueName: "new" });\nthrow new Error("oops");',
    );
    const { code, stderr } = await run("deploy", "deploy.mjs");
    expect(code).toBe(3);
    expect(stderr).toContain("oops");
    expect(stderr).toContain("Done before that, and recorded: new.");
    expect(emulator.resources()).toHaveLength(2);
  });

  test("before anything was applied exits 1", async () => {
    const { run, write } = await project();
    write("deploy.mjs", 'throw new Error("oops");');
    expect((await run("deploy", "deploy.mjs")).code).toBe(1);
  });
});

describe("the app that a script names", () => {
  const shop =
    'import AWS, { app } from "await-aws";\nawait app("shop");\nawait AWS.SQS.Queue("jobs", { QueueName: "jobs" });';

  test("is the app of the run, and no other is taken for it", async () => {
    const { emulator, folder, run, write } = await project();
    write("deploy.mjs", shop);
    expect((await run("deploy", "deploy.mjs")).code).toBe(0);
    expect([
      ...(await (await jsonFileStore(join(folder, "state")).open("shop", "dev")).entries()).keys(),
    ]).toEqual(["jobs"]);
    write("other.mjs", "");
    write("comment.mjs", '// await app("shop")\nif (false) {\n  await app("shop");\n}');
    for (const command of ["drift", "refresh", "destroy"]) {
      const lost = await run(command, "comment.mjs");
      expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining("--app (shop)") });
    }
    for (const words of [
      ["drift", "deploy.mjs"],
      ["refresh", "deploy.mjs"],
      ["drift", "--app", "shop"],
      ["refresh", "--app", "shop"],
    ]) {
      const compared = await run(...words);
      expect(compared).toMatchObject({ code: 0, stdout: expect.stringContaining("1 the same.") });
    }
    const wrong = await run("destroy", "other.mjs", "--yes");
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("--app (shop)");
    expect(emulator.resources()).toHaveLength(1);
    expect((await run("destroy", "--yes")).code).toBe(0);
    expect(emulator.resources()).toEqual([]);
  });

  test("whose stage is locked is left alone, with an exit code of its own", async () => {
    const { emulator, folder, run, write } = await project();
    write("deploy.mjs", shop);
    const stage = await jsonFileStore(join(folder, "state")).open("shop", "dev");
    const lock = await stage.lock();
    onTestFinished(() => lock.release());
    const { code, stderr } = await run("deploy", "deploy.mjs");
    expect(code).toBe(4);
    expect(stderr).toContain("is locked by process");
    expect(emulator.resources()).toEqual([]);
  });
});

test("bad input is refused with what to do", async () => {
  const { run, write } = await project();
  write("deploy.mjs", "");
  write("plan.json", JSON.stringify({ version: 1, app: "other", stage: "dev", changes: [] }));
  const [flag, script, usual, plan] = await Promise.all([
    run("plan", "deploy.mjs", "--stag", "x"),
    run("plan", "nowhere.ts"),
    run("plan"),
    run("deploy", "deploy.mjs", "--plan", "plan.json"),
  ]);
  expect(flag).toMatchObject({ code: 1, stderr: expect.stringContaining("--stage") });
  expect(script).toMatchObject({ code: 1, stderr: expect.stringContaining("there is no script nowhere.ts") });
  expect(usual).toMatchObject({ code: 1, stderr: expect.stringContaining("there is no aws.run.ts here") });
  expect(plan).toMatchObject({ code: 1, stderr: expect.stringContaining("the plan is of other (dev)") });
});

test("what exists is listed, read, found and imported, and what is recorded is shown and moved", async () => {
  const { emulator, folder, run, write } = await project();
  write("deploy.mjs", script(1).replace(": string", ""));
  await run("deploy", "deploy.mjs");
  const url = emulator.resources()[0]?.Identifier ?? "";
  expect((await run("list", "SQS.Queue")).stdout).toContain(url);
  expect(JSON.parse((await run("get", "AWS::SQS::Queue", url)).stdout)).toMatchObject({ QueueName: "jobs" });
  expect(JSON.parse((await run("find", "SQS.Queue", "QueueName=jobs")).stdout)).toMatchObject({
    DelaySeconds: 1,
  });
  for (const command of ["find", "list"]) {
    const misspelt = await run(command, "SQS.Queue", "QueueNaem=jobs");
    expect(misspelt).toMatchObject({ code: 1, stdout: "" });
    expect(misspelt.stderr).toMatch(/unknown property QueueNaem, did you mean QueueName\? \(VALIDATION\)/);
  }
  expect((await run("import", "SQS.Queue", url)).stdout).toContain('QueueName: "jobs"');
  expect((await run("state", "list")).stdout).toMatch(/deploy.*dev.*jobs.*settled/);
  expect((await run("state", "mv", "jobs", "work")).code).toBe(0);
  expect(JSON.parse((await run("state", "show", "work")).stdout)).toMatchObject({
    id: "work",
    identifier: url,
  });
  expect((await run("state", "doctor")).stdout).toBe("All is well.\n");
  expect((await run("state", "rm", "work")).code).toBe(0);
  expect((await run("state", "list")).stdout).toBe("Nothing is recorded.\n");
  expect(emulator.resources()).toHaveLength(1);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toContain("module");
});

test("the permissions of a part are those of its owner, which it says", async () => {
  const { run } = await project();
  const [part, owner] = await Promise.all([
    run("permissions", "ApiGateway.IntegrationResponse"),
    run("permissions", "ApiGateway.Method"),
  ]);
  expect(part.stdout).toBe(owner.stdout);
  expect(part.code).toBe(owner.code);
  expect(part.stderr).toContain(
    "AWS::ApiGateway::IntegrationResponse is a part of AWS::ApiGateway::Method, whose actions it needs",
  );
});

test("an interrupted deploy settles what is under way and exits 130", async () => {
  const { emulator, folder, run, write } = await project({ operationMs: 800 });
  write(
    "deploy.mjs",
    'import AWS from "await-aws";\nawait AWS.SQS.Queue("a", { QueueName: "a" });\nawait AWS.SQS.Queue("b", { QueueName: "b" });',
  );
  const child = start(["deploy", "deploy.mjs"], { AWS_ENDPOINT_URL: emulator.url, CI: "1" }, folder);
  const outcome = ended(child);
  await expect.poll(() => emulator.calls.length, { timeout: 20_000 }).toBeGreaterThan(0);
  child.kill("SIGINT");
  expect((await outcome).code).toBe(130);
  expect(emulator.resources()).toHaveLength(1);
  expect((await run("deploy", "deploy.mjs")).code).toBe(0);
  expect(emulator.resources()).toHaveLength(2);
});

test("the policy for a script is JSON alone, whatever the script prints", async () => {
  const { run, write } = await project();
  write("deploy.ts", script(1));
  const { code, stdout, stderr } = await run("permissions", "--for", "deploy.ts");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ Version: "2012-10-17" });
  expect(stderr).toContain("script says jobs");
  // The emulator's own schemas leave them out, which a policy alone would not show.
  expect(stderr).toContain("AWS::SQS::Queue: its schema names no IAM actions");
});
