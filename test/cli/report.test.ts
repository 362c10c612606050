import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Project, createsIn, project } from "../support/cli/project.ts";
import { ended, start } from "../support/cli/started.ts";

const head = `import AWS from "await-aws";
const q = (name, more = {}) => AWS.SQS.Queue(name, { QueueName: name, ...more });
`;

const pageIn = ({ folder }: Project, name = "report.html"): string =>
  readFileSync(join(folder, name), "utf8");

/** The page's text, without what makes it a page. */
const textIn = (made: Project, name?: string): string =>
  pageIn(made, name)
    .replaceAll(/<style>[^]*?<\/style>|<script>[^]*?<\/script>|<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

describe("--report writes the page of a run at its end", () => {
  test("which is a good one, with its critical path", async () => {
    const made = await project();
    made.write(
      "deploy.mjs",
      `${head}const a = await q("a"); await q("b", { Tags: [{ Key: "of", Value: a.Arn }] });`,
    );
    expect((await made.run("deploy", "deploy.mjs", "--report", "report.html")).code).toBe(0);
    expect(textIn(made)).toMatch(/Deploy of deploy \(dev\) Deployed 2 create/);
    expect(textIn(made)).toMatch(/What decided how long it took .* in a chain of 2/);
    expect(pageIn(made)).toMatch(/Uses <a href="#r0">a<\/a>/);
    // It tells what there is, and is nobody else's business.
    expect(statSync(join(made.folder, "report.html")).mode % 0o1000).toBe(0o600);
  });

  const ends: readonly (readonly [how: string, lines: string, told: RegExp])[] = [
    [
      "a failure",
      'await q("a"); await q("b", { QueueName: "a" });',
      /Deployed only in part: 1 failed .* Failures \(1\) b AWS::SQS::Queue/,
    ],
    [
      "an error of the script",
      'await q("a"); throw new Error("out of luck");',
      /It did not come to its end .* out of luck/,
    ],
    [
      "process.exit()",
      'await q("a"); process.exit(3);',
      /It did not come to its end .* ended the process with code 3/,
    ],
    ["an await without end", 'await q("a"); await new Promise(() => {});', /It did not come to its end/],
  ];

  test.each(ends)("which is %s", async (_, lines, told) => {
    const made = await project();
    made.write("deploy.mjs", head + lines);
    expect((await made.run("deploy", "deploy.mjs", "--report", "report.html")).code).not.toBe(0);
    expect(textIn(made)).toMatch(told);
    // What was done until then is told too.
    expect(textIn(made)).toMatch(/\+ a AWS::SQS::Queue create/);
  });

  test.each([1, 2])("which are %i signals", async (count) => {
    const made = await project({ operationMs: count === 1 ? 1_500 : 60_000 });
    made.write("deploy.mjs", `${head}await q("a"); await q("b");`);
    const env = { AWS_ENDPOINT_URL: made.emulator.url, CI: "1", AWAIT_AWS_LOG: "" };
    const child = start(["deploy", "deploy.mjs", "--report", "report.html"], env, made.folder);
    let said = "";
    child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
    const outcome = ended(child);
    await expect.poll(() => createsIn(made), { timeout: 30_000 }).toBe(1);
    child.kill("SIGINT");
    if (count === 2) {
      await expect.poll(() => said, { timeout: 30_000 }).toContain("once more to leave at once");
      child.kill("SIGINT");
    }
    expect((await outcome).code).toBe(130);
    expect(textIn(made)).toMatch(
      count === 1 ? /Deploy of deploy \(dev\) .*ABORTED/ : /It did not come to its end/,
    );
  });

  test("of a plan and of a drift, and says it cannot before anything is done", async () => {
    const made = await project();
    made.write("deploy.mjs", `${head}await q("a");`);
    await made.run("plan", "deploy.mjs", "--report", "plan.html");
    expect(textIn(made, "plan.html")).toMatch(
      /Plan of deploy \(dev\) Nothing is done yet.* &quot;QueueName&quot;: &quot;a&quot;/,
    );
    const slip = await made.run("deploy", "deploy.mjs", "--report", "nowhere/report.html");
    expect(slip).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--report nowhere\/report.html: there is no folder/),
    });
    expect(createsIn(made)).toBe(0);
    await made.run("deploy", "deploy.mjs");
    await made.run("drift", "deploy.mjs", "--report", "drift.html");
    expect(textIn(made, "drift.html")).toContain("All is as recorded");
  });
});

describe("await-aws report", () => {
  test("makes a page of a kept plan, of a report in JSON, and of what is recorded", async () => {
    const made = await project();
    made.write("deploy.mjs", `${head}await q("a");`);
    await made.run("plan", "deploy.mjs", "--out", "plan.json");
    expect(await made.run("report", "--plan", "plan.json")).toMatchObject({
      code: 0,
      stderr: "report.html is written.\n",
    });
    expect(textIn(made)).toMatch(/Plan of deploy \(dev\) .* Begun 20\d\d-/);
    made.write("deploy.json", (await made.run("deploy", "deploy.mjs", "--json")).stdout);
    expect((await made.run("report", "deploy.json", "--out", "-")).stdout).toContain(
      "<title>Deploy of deploy (dev)</title>",
    );
    await made.run("report", "--app", "deploy", "--out", "app.html");
    expect(textIn(made, "app.html")).toMatch(/Resources of deploy \(dev\) 1 settled/);
    expect(textIn(made, "app.html")).toMatch(/History .* deploy done 1 changed, 0 as before/);
  });

  test("makes a page of a run of the history, and of what became of each resource across runs", async () => {
    const made = await project();
    made.write("deploy.mjs", `${head}await q("a");`);
    await made.run("deploy", "deploy.mjs");
    made.write("deploy.mjs", `${head}await q("a", { DelaySeconds: 5 }); await q("b", { QueueName: "a" });`);
    await made.run("deploy", "deploy.mjs");
    await made.run("report", "--run", "latest", "--app", "deploy");
    expect(textIn(made)).toMatch(/Deploy of deploy \(dev\) Deployed only in part: 1 failed/);
    expect(textIn(made)).toContain("DelaySeconds");
    expect(textIn(made)).toMatch(
      /History .* deploy failed 2 changed.* ~ a AWS::SQS::Queue update.* deploy done 1 changed.* \+ a AWS::SQS::Queue create/,
    );
    const { code, stderr } = await made.run("report", "--run", "1999");
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no run "1999" is recorded'),
    });
  });

  test("opens it with what the system opens such files with", async () => {
    const made = await project();
    made.write("deploy.json", JSON.stringify({ app: "shop", stage: "dev", changes: [] }));
    const opener = join(made.folder, "xdg-open");
    writeFileSync(opener, `#!/bin/sh\necho "$1" > "${made.folder}/opened"\n`);
    chmodSync(opener, 0o755);
    const environment = { PATH: `${made.folder}:${process.env["PATH"] ?? ""}` };
    expect((await made.runWith(environment, "report", "deploy.json", "--open")).code).toBe(0);
    await expect.poll(() => existsSync(join(made.folder, "opened"))).toBe(true);
    await expect.poll(() => readFileSync(join(made.folder, "opened"), "utf8")).toMatch(/\/report\.html\n$/);
    const without = await made.runWith({ PATH: "/nowhere" }, "report", "deploy.json", "--open");
    expect(without).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is written, and cannot be opened"),
    });
  });

  test.each([
    [["report", "nothing.json"], /nothing\.json cannot be read: ENOENT/],
    [["report", "text.json"], /text\.json cannot be read: .*JSON/],
    [["report", "--plan", "other.json"], /other\.json holds neither a report nor a plan/],
    [["report", "moves.json"], /moves\.json holds neither a report nor a plan/],
    [
      ["report", "other.json", "--app", "shop"],
      /a page is of a report, of --plan, of --run or of --app: name one of them/,
    ],
    [["report", "other.json", "--out", "-", "--open"], /--open opens a file/],
    [["report", "--app", "shop"], /nothing is recorded of shop \(dev\)/],
  ])("%j says what is wrong, and writes nothing", async (args, told) => {
    const made = await project();
    made.write("text.json", "no");
    made.write("other.json", JSON.stringify({ app: "shop", changes: [] }));
    made.write(
      "moves.json",
      JSON.stringify({ app: "a", stage: "s", changes: [{ id: "a", type: "b", move: "fly" }] }),
    );
    const { code, stderr } = await made.run(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(told);
    expect(existsSync(join(made.folder, "report.html"))).toBe(false);
  });
});
