import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Project, project } from "../support/cli/project.ts";

const plain = `
import AWS, { secret } from "await-aws";
await AWS.SSM.Parameter("token", { Name: "token", Type: "String", Value: secret(process.env.TOKEN ?? "token-number-1") });
await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
`;
const named = `
import AWS, { app, secret } from "await-aws";
const shop = await app("shop");
await AWS.SSM.Parameter("token", { Name: "token", Type: "String", Value: secret("token-number-1") });
await AWS.SQS.Queue("jobs", { QueueName: "jobs" });
await shop.finalize();
`;

const keyOf = ({ folder }: Project): string => join(folder, "state", ".key");

describe.each([
  ["a plain script", plain, "dev"],
  ["a script that names its app", named, "dev"],
  ["a script in another stage", named, "prod"],
])("the key of %s that is lost", (_, script, stage) => {
  test("stops plan and deploy, and state rekey mends it", { timeout: 120_000 }, async () => {
    const here = await project();
    here.write("deploy.ts", script);
    expect(await here.run("deploy", "deploy.ts", "--stage", stage)).toMatchObject({ code: 0 });
    rmSync(keyOf(here));
    for (const command of ["plan", "deploy"]) {
      const { code, stderr } = await here.run(command, "deploy.ts", "--stage", stage);
      expect(code).toBe(1);
      expect(stderr).toContain("(STATE_KEY)");
      expect(stderr).toContain("state rekey");
      expect(stderr).not.toContain("    at ");
    }
    expect((await here.run("state", "doctor")).stdout).toContain("there is no");
    expect(existsSync(keyOf(here))).toBe(false);
    const rekeyed = await here.run("state", "rekey", "deploy.ts", "--stage", stage);
    expect(rekeyed).toMatchObject({
      code: 0,
      stdout: "token: /Value\nRecorded anew by the key of today: 1.\n",
    });
    expect((await here.run("state", "doctor")).stdout).toBe("All is well.\n");
    const writes = here.emulator.calls.length;
    const again = await here.run("deploy", "deploy.ts", "--stage", stage);
    expect(again.code).toBe(0);
    expect(here.emulator.calls).toHaveLength(writes);
    const once = await here.run("state", "rekey", "deploy.ts", "--stage", stage, "--json", "--yes");
    expect(JSON.parse(once.stdout)).toMatchObject({ ok: true, changes: [] });
  });
});

test("destroy needs no key, and makes none", { timeout: 120_000 }, async () => {
  const here = await project();
  here.write("deploy.ts", plain);
  await here.run("deploy", "deploy.ts");
  rmSync(keyOf(here));
  expect(await here.run("destroy", "deploy.ts", "--yes")).toMatchObject({ code: 0 });
  expect([here.emulator.resources(), existsSync(keyOf(here))]).toEqual([[], false]);
});

test("plan first and deploy after it leave nothing of the state to git", { timeout: 120_000 }, async () => {
  const here = await project();
  here.write("deploy.ts", plain);
  const git = (...args: string[]): string =>
    spawnSync("git", args, { cwd: here.folder, encoding: "utf8" }).stdout.trim();
  git("init", "-q");
  await here.run("plan", "deploy.ts");
  await here.run("plan", "deploy.ts", "--refresh");
  await here.run("deploy", "deploy.ts");
  git("add", "-A");
  expect(git("ls-files").split("\n")).not.toContainEqual(expect.stringMatching(/^state\//));
  expect((await here.run("state", "doctor")).stdout).toBe("All is well.\n");

  git("add", "-f", "state/.key");
  const told = await here.run("state", "doctor");
  expect(told.stdout).toMatch(/git tracks .*state\/\.key/);
  expect(told.stdout).toContain("git rm --cached");

  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "oops");
  git("rm", "-q", "--cached", "state/.key");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "out");
  expect((await here.run("state", "doctor")).stdout).toContain("the history of git holds");

  rmSync(join(here.folder, ".git"), { recursive: true });
  git("init", "-q");
  rmSync(join(here.folder, "state/.gitignore"));
  expect((await here.run("state", "doctor")).stdout).toMatch(/nothing keeps .*state\/\.key out of git/);
});

test(
  "a plan file is for its owner alone, also where one was there before",
  { timeout: 120_000 },
  async () => {
    const here = await project();
    here.write("deploy.ts", plain);
    here.write("plan.json", "{}");
    await here.run("plan", "deploy.ts", "--out", "plan.json");
    const { stdout } = spawnSync("stat", ["-c", "%a", join(here.folder, "plan.json")], { encoding: "utf8" });
    expect(stdout.trim()).toBe("600");
    process.env["TOKEN"] = "token-number-2";
    const outcome = await here.run("deploy", "deploy.ts", "--plan", "plan.json");
    delete process.env["TOKEN"];
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain("PLAN_MISMATCH");
    expect(here.emulator.resources().map(({ TypeName }) => TypeName)).not.toContain("AWS::SSM::Parameter");
  },
);
