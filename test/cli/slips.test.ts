import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.ts";
import { type Project, project } from "../support/cli/project.ts";

const queue = (app: string, stage: string): string =>
  `import AWS, { app } from "await-aws";
const a = await app("${app}", { stage: "${stage}" });
await AWS.SQS.Queue("jobs", { QueueName: "${app}-${stage}" });
await a.finalize();
`;

/** A folder in which two stages of `shop` and one of `net` are recorded. */
async function recorded(): Promise<Project> {
  const made = await project();
  for (const [app, stage] of [
    ["shop", "dev"],
    ["shop", "prod"],
    ["net", "prod"],
  ] as const) {
    made.write("deploy.mjs", queue(app, stage));
    expect((await made.run("deploy", "deploy.mjs")).code).toBe(0);
  }
  return made;
}

describe("what names nothing that is recorded", () => {
  test("says what it looked for, where, and what is there, and exits with 1", async () => {
    const made = await recorded();
    const slips: readonly (readonly [args: readonly string[], says: RegExp])[] = [
      [
        ["drift", "--app", "typo", "--fail"],
        /typo \(dev\).*Recorded there: net \(prod\), shop \(dev\), shop \(prod\)/,
      ],
      [["drift", "--app", "shpo"], /shpo \(dev\).*Did you mean --app shop\?/],
      [["refresh", "--app", "shpo"], /shpo \(dev\).*Did you mean --app shop\?/],
      [["drift", "--app", "net"], /net \(dev\).*Did you mean --stage prod\?/],
      [["destroy", "--app", "net", "--yes"], /net \(dev\).*Did you mean --stage prod\?/],
      [
        ["destroy", "--app", "shop", "--stage", "pord", "--yes"],
        /shop \(pord\).*Did you mean --stage prod\?/,
      ],
      [["destroy", "--app", "shpo", "--plan"], /shpo \(dev\).*Did you mean --app shop\?/],
      [["plan", "--destroy", "--app", "shpo"], /shpo \(dev\).*Did you mean --app shop\?/],
      [["state", "list", "--app", "shpo"], /shpo \(any stage\).*Did you mean --app shop\?/],
      [["state", "show", "jbos", "--app", "shop"], /"jbos" in .*did you mean "jobs"\?/],
      [["state", "rm", "jbos", "--yes"], /"jbos" in .*did you mean "jobs"\?/],
    ];
    for (const [args, says] of slips) {
      const { code, stderr, stdout } = await made.run(...args);
      expect([args.join(" "), code, stdout]).toEqual([args.join(" "), 1, ""]);
      expect(stderr).toMatch(says);
      expect(stderr).toContain(`${made.folder}/state`);
    }
    expect(made.emulator.resources()).toHaveLength(3);
  });

  test("says so of a folder that has nothing at all, and of a second destroy", async () => {
    const made = await project();
    made.write("deploy.mjs", queue("shop", "dev"));
    const never = await made.run("destroy", "deploy.mjs", "--yes");
    expect(never.code).toBe(1);
    expect(never.stderr).toMatch(
      /nothing is recorded of shop \(dev\) in .*Nothing at all is recorded there; run it where/,
    );
    expect((await made.run("deploy", "deploy.mjs")).code).toBe(0);
    expect((await made.run("destroy", "deploy.mjs", "--yes")).code).toBe(0);
    const twice = await made.run("destroy", "deploy.mjs", "--yes");
    expect([twice.code, twice.stderr]).toEqual([never.code, never.stderr]);
  });
});

test("a plan of a destroy tells all of it in its order, deletes nothing, and gates by its exit code", async () => {
  const made = await project();
  made.write(
    "deploy.mjs",
    `import AWS from "await-aws";
const topic = await AWS.SNS.Topic("topic", { TopicName: "t" });
await AWS.SNS.Subscription("sub", { TopicArn: topic.TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:123456789012:q" });
await AWS.DynamoDB.Table("rows", { TableName: "rows", BillingMode: "PAY_PER_REQUEST", KeySchema: [{ AttributeName: "a", KeyType: "HASH" }], AttributeDefinitions: [{ AttributeName: "a", AttributeType: "S" }] });
`,
  );
  expect((await made.run("deploy", "deploy.mjs")).code).toBe(0);
  const before = made.emulator.resources();
  for (const args of [
    ["destroy", "deploy.mjs", "--plan"],
    ["plan", "deploy.mjs", "--destroy"],
  ]) {
    const { code, stdout } = await made.run(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("Plan: 0 to add, 0 to change, 3 to destroy.");
    expect(stdout).toMatch(/- rows .*WHAT IT HOLDS IS LOST/);
    expect(stdout.indexOf("- sub")).toBeLessThan(stdout.indexOf("- topic"));
    const json = await made.run(...args, "--json", "--detailed-exitcode").catch(() => undefined);
    if (args[0] === "plan") expect(json?.code).toBe(2);
  }
  expect(made.emulator.resources()).toEqual(before);
  expect((await made.run("plan", "deploy.mjs", "--destroy", "--out", "x.json")).stderr).toContain(
    "--out keeps",
  );
  expect((await made.run("plan", "deploy.mjs")).stdout).toContain("No changes.");
});

describe("what is recorded as people read it", () => {
  test("stands in columns that fit 80, however long the identifiers are", async () => {
    const made = await recorded();
    const { stdout } = await made.run("state", "list");
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/[│─┌]/);
    const at = lines[0]?.indexOf("type") ?? -1;
    for (const line of lines.slice(1)) expect(line.slice(at)).toMatch(/^AWS::SQS::Queue/);
  });

  test("takes --yes wherever it is changed", async () => {
    const made = await recorded();
    const where = ["--app", "shop", "--stage", "dev"];
    expect((await made.run("state", "mv", "jobs", "work", ...where, "--yes")).code).toBe(0);
    expect((await made.run("drift", ...where, "--accept", "--yes")).code).toBe(0);
    expect((await made.run("refresh", ...where, "-y")).code).toBe(0);
    expect((await made.run("state", "rm", "work", ...where, "-y")).code).toBe(0);
    made.write("deploy.mjs", queue("shop", "prod"));
    expect((await made.run("drift", "deploy.mjs", "--repair", "--yes")).code).toBe(0);
  });
});

test("CI is told once that its state folder is new, and nobody else is", async () => {
  const made = await project();
  made.write("deploy.mjs", queue("shop", "dev"));
  const first = await made.run("deploy", "deploy.mjs");
  expect(first.stderr.match(/new state folder/g)).toHaveLength(1);
  expect((await made.run("deploy", "deploy.mjs")).stderr).not.toContain("new state folder");
  const other = await project();
  other.write("deploy.mjs", queue("shop", "dev"));
  for (const CI of ["", "false", "0"]) {
    expect((await other.runWith({ CI }, "plan", "deploy.mjs")).stderr).not.toContain("new state folder");
  }
  expect((await other.run("plan", "deploy.mjs")).stderr).toContain("new state folder");
});

test("an emulator on a port that is in use says so, by the command line and by its door", async () => {
  const made = await project();
  const { port } = new URL(made.emulator.url);
  const outcome = await made.run("emulator", "--port", port);
  expect(outcome).toEqual({
    code: 1,
    stdout: "",
    stderr: `port ${port} is in use: pass --port 0 for any free one\n`,
  });
  await expect(startEmulator({ port: Number(port) })).rejects.toThrow("EADDRINUSE");
  expect((await made.run("list", "SQS.Queue")).stdout).toBe("There are none.\n");
});
