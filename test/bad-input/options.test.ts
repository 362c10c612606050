import { describe, expect, test } from "vitest";
import { app } from "../../src/app/app.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { enteredScope } from "../../src/scope/ambient.ts";
import { cloud, movesOf } from "../support/run.ts";
import { refused, settledCloud, untyped, worldOf } from "../support/bad-input/refused.ts";

const queue = (options: object) => AWS.SQS.Queue("before", untyped({ QueueName: "before", ...options }));

describe("options of a call", () => {
  test.each([
    ["retain", "true", /true or false/],
    ["protect", 1, /true or false/],
    ["allowReplace", "yes", /true or false/],
    ["replace", null, /true or false/],
    ["adopt", "yes", /true, false or an object/],
    ["region", "", /not empty/],
    ["profile", 5, /text/],
    ["roleArn", {}, /text/],
    ["renamedFrom", ["old"], /text/],
    ["timeout", "5s", /milliseconds/],
    ["timeout", Number.NaN, /milliseconds/],
    ["timeout", 0, /milliseconds/],
    ["signal", new AbortController(), /AbortSignal/],
    ["ignoreChanges", "/Tags", /list of pointers/],
    ["ignoreChanges", ["Tags"], /list of pointers/],
    ["dependsOn", "before", /list of resources and ids/],
    ["dependsOn", [5], /resources/],
    ["dependsOn", [Promise.resolve({})], /resources/],
    ["dependsOn", ["never declared"], /never declared/],
  ])("%s: %j is refused", async (name, value, says) => {
    await refused(() => queue({ [name]: value }), { code: "VALIDATION", says });
  });

  test.each([
    [{ identifer: "x" }, /adopt\.identifer.*identifier/],
    [{ by: "Name" }, /adopt\.by.*list/],
    [{ exact: "yes" }, /adopt\.exact.*true or false/],
    [{ identifier: 5 }, /adopt\.identifier/],
  ])("adopt: %j is refused", async (adopt, says) => {
    await refused(() => queue({ adopt }), { code: "VALIDATION", says });
  });

  test("an identifier to adopt that has the wrong parts is refused with those asked", async () => {
    const adopted = (identifier: string | object) =>
      AWS.ApiGatewayV2.Stage("stage", untyped({ ApiId: "a", StageName: "s", adopt: { identifier } }));
    await refused(() => adopted("a|b|c"), { code: "VALIDATION", says: /ApiId\|StageName|Id\|StageName/ });
    await refused(() => adopted({ ApiId: "a" }), { code: "VALIDATION", says: /given was ApiId/ });
  });

  test("an identifier to adopt that does not exist is NOT_FOUND", async () => {
    await refused(() => AWS.Logs.LogGroup("log", { LogGroupName: "/none", adopt: { identifier: "/none" } }), {
      code: "NOT_FOUND",
      says: /nothing to adopt/,
    });
  });
});

describe("options of a run", () => {
  test.each([
    ["a phase that is none", { phase: "deplyo" }],
    ["a phase by another name", { phase: "apply" }],
    ["a concurrency of 0", { concurrency: 0 }],
    ["a concurrency that is no number", { concurrency: Number.NaN }],
    ["a concurrency as text", { concurrency: "10" }],
    ["an endpoint that is no URL", { endpoint: "localhost" }],
    ["an empty endpoint", { endpoint: "" }],
    ["a misspelt stage", { stgae: "prod" }],
    ["a misspelt phase", { fase: "plan" }],
    ["a wish of a resource", { protect: true }],
    ["a dry run by another name", { dryRun: true }],
    ["a flag of the command line", { "allow-replace": true }],
    ["accounts by another name", { allowedAccount: ["123456789012"] }],
    ["an option of app()", { quiet: true }],
  ])("%s is a TypeError", async (_, options) => {
    const made = await settledCloud();
    const before = await worldOf(made);
    await expect(made.deploy(() => queue({}), untyped(options))).rejects.toThrow(TypeError);
    expect(await worldOf(made)).toEqual(before);
  });

  test.each([
    [{ stgae: "prod" }, "stage"],
    [{ regions: "eu-west-1" }, "region"],
    [{ quite: true }, "quiet"],
    [{ phase: "plan" }, "app"],
    [{ endPoint: "http://127.0.0.1:1" }, "endpoint"],
  ])("of app() are held to the same: %j", async (options, near) => {
    await expect(app("shop", untyped(options))).rejects.toThrow(TypeError);
    await expect(app("shop", untyped(options))).rejects.toThrow(near);
    expect(enteredScope()).toBeUndefined();
  });

  test("a program that is no function rejects and changes nothing", async () => {
    const made = await settledCloud();
    const before = await worldOf(made);
    await expect(made.deploy(untyped(undefined))).rejects.toThrow(TypeError);
    expect(await worldOf(made)).toEqual(before);
  });

  test("a concurrency of 1 is slow but sound", async () => {
    const { deploy } = await cloud();
    const program = () => Promise.all(["a", "b"].map((name) => AWS.SQS.Queue(name, { QueueName: name })));
    expect(movesOf(await deploy(program, { concurrency: 1 }))).toHaveLength(2);
  });
});
