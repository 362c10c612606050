import { describe, expect, test } from "vitest";
import { project } from "../support/cli/project.ts";

const head = 'import AWS, { app } from "await-aws";\n';
const queues = (...names: readonly string[]): string =>
  `${head}await Promise.allSettled([${names.map((name) => `AWS.SQS.Queue("${name}", { QueueName: "${name}", adopt: true })`).join(", ")}]);\n`;
const long = "x".repeat(90);
const bad = `${head}await Promise.allSettled([AWS.SQS.Queue("bad", { QueueName: "${long}" }), AWS.SQS.Queue("good", {})]);\n`;

const countOf = (text: string, part: string): number => text.split(part).length - 1;

describe("a plan that fails", () => {
  test("tells what a resource does wrong once, in the plan, and of no deletion as done or not done", async () => {
    const made = await project();
    made.write("deploy.mjs", queues("old"));
    expect((await made.run("deploy", "deploy.mjs")).code).toBe(0);
    made.write("deploy.mjs", bad);
    const { code, stdout, stderr } = await made.run("plan", "deploy.mjs");
    expect(code).toBe(1);
    expect(countOf(stdout + stderr, "takes up to 80")).toBe(1);
    expect(stdout).toContain("1 would fail");
    expect(stderr).not.toContain("deleted");
    expect(stderr).toContain("no deletion is told of, because calls have failed: 1");
  });

  test("writes nothing but its report to stdout as JSON, and says there what fails", async () => {
    const made = await project();
    made.write("deploy.mjs", bad);
    const { code, stdout } = await made.run("plan", "deploy.mjs", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, changes: [{ error: { code: "VALIDATION" } }, {}] });
  });

  test.each([
    ["a region that nobody names", "NO_REGION", { AWS_REGION: "" }, []],
    [
      "credentials that nobody has",
      "NO_CREDENTIALS",
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      [],
    ],
    ["an account that is not allowed", "WRONG_ACCOUNT", {}, ["--account", "999999999999"]],
  ])("for %s says so once for all of its calls", async (_, code, environment, flags) => {
    const made = await project();
    made.write("deploy.mjs", queues("a", "b", "c"));
    const nowhere = { AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere", ...environment };
    for (const command of ["plan", "deploy"]) {
      const ended = await made.runWith(nowhere, command, "deploy.mjs", ...flags);
      expect(ended.code, ended.stderr).toBe(1);
      expect(countOf(ended.stdout + ended.stderr, `(${code})`)).toBe(1);
    }
    expect(made.emulator.resources()).toEqual([]);
  });

  test("for a key that is not the one of before says so once for all of its calls", async () => {
    const made = await project();
    const lines = `await Promise.allSettled(["a", "b"].map((id) =>
      AWS.SSM.Parameter(id, { Name: "/" + id, Type: "String", Value: secret("one " + id) })));`;
    made.write("deploy.mjs", `import AWS, { secret } from "await-aws";\n${lines}\n`);
    expect((await made.runWith({ AWAIT_AWS_STATE_KEY: "first" }, "deploy", "deploy.mjs")).code).toBe(0);
    const { code, stdout, stderr } = await made.runWith(
      { AWAIT_AWS_STATE_KEY: "second" },
      "plan",
      "deploy.mjs",
    );
    expect(code).toBe(1);
    expect(countOf(stdout + stderr, "(STATE_KEY)")).toBe(1);
  });

  test("passes for an account that is allowed, and where nothing is said of accounts", async () => {
    const made = await project();
    made.write("deploy.mjs", queues("a"));
    expect((await made.run("plan", "deploy.mjs", "--account", "123456789012")).code).toBe(0);
    expect((await made.run("plan", "deploy.mjs")).code).toBe(0);
  });
});
