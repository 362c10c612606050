import { Command, CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { addCommands } from "../../src/cli/commands.ts";
import { project } from "../support/cli/project.ts";

/** What the command line says to these words, which it refuses before it does anything. */
async function refusal(...words: string[]): Promise<string> {
  let said = "";
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => (said += text) });
  addCommands(program);
  const error: unknown = await program.parseAsync(words, { from: "user" }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CommanderError);
  expect(error).toMatchObject({ exitCode: 1 });
  expect(said.trimEnd().split("\n")).toHaveLength(1);
  return said;
}

describe("options are refused before anything is done", () => {
  test.each([
    [["deploy", "--stage", "--json"], "'-s, --stage <name>' argument '--json' is invalid"],
    [["deploy", "--target", "--json"], "'--target <id>' argument '--json' is invalid"],
    [["destroy", "--app", "--yes"], "'--app <name>' argument '--yes' is invalid"],
    [["plan", "--out", "--fail"], "'--out <file>' argument '--fail' is invalid"],
    [["state", "list", "--app", "--json"], "'--app <name>' argument '--json' is invalid"],
    [["emulator", "--port", "--data"], "'--port <n>' argument '--data' is invalid"],
    [["plan", "--stage", ""], "'-s, --stage <name>' argument '' is invalid. It takes a value."],
    [["plan", "--app", ""], "'--app <name>' argument '' is invalid. It takes a value."],
    [["plan", "--account", "abc"], "It takes the twelve digits of an account."],
    [["plan", "--tag", "team"], "--tag takes key=value"],
    [["plan", "--tag", "aws:team=a"], 'begins with "aws:"'],
    [["plan", "--events", "xml"], "It takes ndjson."],
    [["plan", "--refresh=foo"], "It takes missing or nothing."],
    [["plan", "--endpoint", "foo"], "It takes a URL such as http://127.0.0.1:4566."],
    [["get", "SQS.Queue", "q", "--endpoint", "localhost:4566"], "It takes a URL such as"],
  ])("%j", async (words, message) => {
    expect(await refusal(...words)).toContain(message);
  });
});

test("a tag of a flag prevails over the script's, that over the environment's, key by key", async () => {
  const { emulator, run, write } = await project();
  write(
    "deploy.mjs",
    `import AWS, { app } from "await-aws";
await app("shop", { tags: { a: "script", b: "script" } });
await AWS.SQS.Queue("a", { QueueName: "a" });
await app.finalize();`,
  );
  write(".env", "AWAIT_AWS_TAGS=a=environment,b=environment,c=environment\n");
  const { code } = await run(
    "deploy",
    "deploy.mjs",
    "--env-file",
    ".env",
    "--tag",
    "a=flag",
    "--tag",
    "d=flag",
  );
  expect(code).toBe(0);
  expect(emulator.resources()[0]?.Properties["Tags"]).toEqual([
    { Key: "a", Value: "flag" },
    { Key: "b", Value: "script" },
    { Key: "c", Value: "environment" },
    { Key: "d", Value: "flag" },
  ]);
});

test("files that are not there are told of in one line, before the plan is made", async () => {
  const { emulator, run, write } = await project();
  write(
    "deploy.mjs",
    'import AWS from "await-aws";\nawait AWS.SQS.Queue("a", { QueueName: "a", adopt: true });',
  );
  const refused = await Promise.all([
    run("plan", "."),
    run("plan", "deploy.mjs", "--out", "nowhere/p.json"),
    run("plan", "deploy.mjs", "--out", "."),
    run("deploy", "deploy.mjs", "--plan", "nowhere.json"),
  ]);
  expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
  expect(refused.map(({ stderr }) => stderr.trimEnd().split("\n"))).toEqual([
    [". is a folder: name the script in it"],
    [expect.stringContaining("--out nowhere/p.json: there is no folder /")],
    ["--out . is a folder: name a file in it"],
    [expect.stringContaining("nowhere.json")],
  ]);
  expect(emulator.calls).toEqual([]);
});
