import { expect, test } from "vitest";
import { packageOf } from "../support/app/package-of.ts";
import { project } from "../support/cli/project.ts";

const AWAIT_AWS_DEBUG = "wire,decide,state";
const script = (name: string, more = ""): string => `
  await AWS.SSM.Parameter("token", { Name: ${JSON.stringify(name)}, Type: "String", Value: secret("hunter2-hunter2") });
  ${more}
`;
const imports = 'import AWS, { secret } from "await-aws";';

const linesIn = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => /^ {2}(wire|decide|state) {2}/.exec(line)?.[1] ?? []);

test("the command line tells on stderr what is asked for, also when it is to be quiet, and no secret", async () => {
  const { runWith, write } = await project();
  write("deploy.js", imports + script("/a"));
  const { code, stdout, stderr } = await runWith({ AWAIT_AWS_DEBUG }, "deploy", "deploy.js", "--quiet");
  expect(code).toBe(0);
  expect([...new Set(linesIn(stderr))].toSorted()).toEqual(["decide", "state", "wire"]);
  expect(stderr).toMatch(/^ {2}wire {2}CreateResource {2}AWS::SSM::Parameter {2}.* try 1 {2}\d+ ms {2}ok$/m);
  expect(linesIn(stdout)).toEqual([]);
  expect(stdout + stderr).not.toContain("hunter2");
});

test("a document on stdout stays one, and get tells its requests too", async () => {
  const { runWith, write } = await project();
  write("deploy.js", imports + script("/a"));
  const plan = await runWith({ AWAIT_AWS_DEBUG }, "plan", "deploy.js", "--json");
  expect(JSON.parse(plan.stdout)).toMatchObject({ ok: true });
  expect(linesIn(plan.stderr)).toEqual(["wire", "decide"]);
  const got = await runWith({ AWAIT_AWS_DEBUG: "wire" }, "get", "SSM.Parameter", "/a");
  expect(got.code).not.toBe(0);
  expect(got.stderr).toMatch(/^ {2}wire {2}GetResource .* NOT_FOUND$/m);
});

test("a channel that does not exist is refused with the nearest, before anything is sent", async () => {
  const { emulator, runWith, write } = await project();
  write("deploy.js", imports + script("/a"));
  const { code, stderr } = await runWith({ AWAIT_AWS_DEBUG: "wier" }, "deploy", "deploy.js");
  expect(code).not.toBe(0);
  expect(stderr).toContain('AWAIT_AWS_DEBUG has no channel "wier", did you mean wire?');
  expect(emulator.calls).toEqual([]);
});

test.each([
  ["that is told to be silent", "silent", ""],
  ["whose app is quiet", "", 'await app("shop", { quiet: true });'],
])("a plain script %s tells it on stderr", async (_, AWAIT_AWS_LOG, first) => {
  const { emulator } = await project();
  const lines = `${first} await AWS.SQS.Queue("jobs", { QueueName: "jobs" });`;
  const { run } = packageOf(emulator.url, { "deploy.mjs": lines }, { AWAIT_AWS_DEBUG, AWAIT_AWS_LOG });
  const { child, ended } = run("deploy.mjs");
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  expect(await ended).toBe("0");
  expect([...new Set(linesIn(said))].toSorted()).toEqual(["decide", "state", "wire"]);
});
