import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { project } from "../support/cli/project.ts";
import { rowsIn } from "../support/report/markdown.ts";

const script = (more: string): string => `import AWS, { app, secret } from "await-aws";
const shop = await app("shop");
${more}
await shop.finalize();
`;
const queue = `await AWS.SQS.Queue("jobs", { QueueName: "jobs", DelaySeconds: 1 });`;
const token = `await AWS.SecretsManager.Secret("token", { Name: "token", SecretString: secret("hunter2-hunter2") });`;

describe("--markdown", () => {
  test("writes a plan, a deploy, drift and a destroy to a file beside the ordinary output", async () => {
    const { emulator, run, write, folder } = await project();
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    write("deploy.mjs", script(queue + token));
    const plan = await run("plan", "deploy.mjs", "--markdown", "plan.md");
    expect(plan.stdout).toContain("Plan: 2 to add, 0 to change, 0 to destroy.");
    expect(rowsIn(read("plan.md")).map(([look, id]) => [look, id])).toEqual([
      ["+ create", "jobs"],
      ["+ create", "token"],
    ]);
    expect(read("plan.md")).toContain("‹secret›");
    expect(read("plan.md")).not.toContain("hunter2");
    const deploy = await run("deploy", "deploy.mjs", "--markdown=deploy.md");
    expect(deploy.stderr).toContain("Deployed: 2 added");
    expect(read("deploy.md")).toContain("**2 added, 0 changed, 0 destroyed, 0 unchanged** in");
    expect(read("deploy.md")).not.toContain("hunter2");
    const made = emulator.resources().find(({ Identifier }) => Identifier.endsWith("jobs"));
    emulator.change("AWS::SQS::Queue", made?.Identifier ?? "", (now) => ({ ...now, DelaySeconds: 9 }));
    const drift = await run("drift", "deploy.mjs", "--fail", "--markdown", "drift.md");
    expect(drift.code).toBe(2);
    expect(read("drift.md")).toContain("- DelaySeconds: 1\n+ DelaySeconds: 9");
    const gone = await run("destroy", "deploy.mjs", "--plan", "--markdown", "gone.md");
    expect(gone.code).toBe(0);
    expect(
      rowsIn(read("gone.md")).every(([, , , cause]) => cause?.includes("all that is recorded goes")),
    ).toBe(true);
    await run("destroy", "deploy.mjs", "--yes", "--markdown", "destroy.md");
    expect(read("destroy.md")).toContain("**2 destroyed** in");
  });

  test("without a file goes to stdout alone, and what a script prints does not", async () => {
    const { run, write } = await project();
    write("deploy.mjs", script(`console.log("noise"); ${queue}`));
    const { stdout } = await run("plan", "deploy.mjs", "--markdown");
    expect(stdout.startsWith("<!-- await-aws shop dev plan -->\n")).toBe(true);
    expect(stdout).not.toContain("noise");
    const deploy = await run("deploy", "deploy.mjs", "--markdown");
    expect(deploy.stdout.startsWith("<!-- await-aws shop dev deploy -->\n")).toBe(true);
  });

  test("tells of a deploy that failed and of a script that threw", async () => {
    const { run, write, folder } = await project();
    write("deploy.mjs", script(`${queue} throw new Error("no @org/team");`));
    const ended = await run("deploy", "deploy.mjs", "--markdown", "out.md");
    expect(ended.code).toBe(3);
    const text = readFileSync(join(folder, "out.md"), "utf8");
    expect(text).toContain("### Deploy of `shop` (`dev`): failed");
    expect(text).toContain("**Ended early**: `UNKNOWN: no @org/team`");
    expect(rowsIn(text)).toHaveLength(1);
  });

  test("adds to the summary of a job's step what it is told to write there", async () => {
    const { runWith, write, folder } = await project();
    write("deploy.mjs", script(queue));
    write("summary", "before\n");
    const env = { GITHUB_STEP_SUMMARY: join(folder, "summary") };
    await runWith(env, "plan", "deploy.mjs", "--markdown", "summary");
    expect(readFileSync(join(folder, "summary"), "utf8")).toMatch(
      /^before\n<!-- await-aws shop dev plan -->/,
    );
  });

  test("is refused before anything is done where it would write over a script or come to nothing", async () => {
    const { emulator, run, write, folder } = await project();
    write("deploy.mjs", script(queue));
    write("aws.run.ts", script(queue));
    const refused = await Promise.all([
      run("deploy", "--markdown", "deploy.mjs"),
      run("plan", "deploy.mjs", "--markdown", "nowhere/plan.md"),
      run("plan", "deploy.mjs", "--json", "--markdown"),
      run("destroy", "deploy.mjs", "--yes", "--markdown", "."),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(refused.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining("--markdown deploy.mjs would write over a script"),
      expect.stringContaining("--markdown nowhere/plan.md: there is no folder"),
      expect.stringContaining("would both write to stdout"),
      expect.stringMatching(/is a folder|nothing is recorded/),
    ]);
    expect(readFileSync(join(folder, "deploy.mjs"), "utf8")).toBe(script(queue));
    expect(emulator.calls).toEqual([]);
  });
});
