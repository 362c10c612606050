import { describe, expect, test } from "vitest";
import { CloudControlResource } from "../../src/aws/cloud-control-resource.ts";
import { AWS } from "../../src/aws/namespace.ts";
import { secret } from "../../src/resource/secrets/secret.ts";
import { refused, settledCloud, untyped, worldOf } from "../support/bad-input/refused.ts";

const cyclic: Record<string, unknown> = { QueueName: "jobs" };
cyclic["RedrivePolicy"] = { again: cyclic };

class Custom {
  readonly value = 1;
}

const queues: readonly (readonly [what: string, props: unknown, says: RegExp])[] = [
  ["a misspelt property", { QueueNmae: "jobs" }, /QueueNmae.*QueueName/],
  ["a list where a scalar is asked", { QueueName: ["jobs"] }, /\/QueueName.*a list.*text/],
  ["a scalar where a list is asked", { QueueName: "jobs", Tags: "team" }, /\/Tags.*text.*a list/],
  [
    "an extra member inside a list",
    { Tags: [{ Key: "a", Value: "b", Vlaue: "c" }] },
    /\/Tags\/0\/Vlaue.*Value/,
  ],
  ["a missing member inside a list", { Tags: [{ Value: "a" }] }, /\/Tags\/0\/Key.*missing/],
  ["a read-only property", { QueueName: "jobs", Arn: "arn:x" }, /\/Arn.*set by AWS/],
  ["NaN", { QueueName: "jobs", DelaySeconds: Number.NaN }, /\/DelaySeconds.*NaN/],
  ["infinity", { QueueName: "jobs", DelaySeconds: Infinity }, /\/DelaySeconds.*Infinity/],
  ["a bigint that no number holds", { QueueName: "jobs", DelaySeconds: 2n ** 60n + 1n }, /\/DelaySeconds/],
  ["a symbol", { QueueName: Symbol("jobs") }, /\/QueueName.*Symbol/],
  ["a value that holds itself", cyclic, /holds itself/],
  ["a Date", { QueueName: new Date(0) }, /\/QueueName.*toISOString/],
  ["a Map", { QueueName: "jobs", RedrivePolicy: new Map() }, /\/RedrivePolicy.*fromEntries/],
  ["a Set", { Tags: new Set() }, /\/Tags.*\[\.\.\.set\]/],
  ["bytes", { QueueName: Buffer.from("jobs") }, /\/QueueName.*bytes/],
  ["a function", { QueueName: () => "jobs" }, /\/QueueName.*function/],
  ["a promise", { QueueName: Promise.resolve("jobs") }, /\/QueueName.*await/],
  ["an instance of a class", { QueueName: "jobs", RedrivePolicy: new Custom() }, /\/RedrivePolicy.*class/],
  ["a list with a hole", { Tags: untyped(Object.assign([], { length: 1 })) }, /\/Tags\/0.*undefined/],
  ["undefined inside a list", { Tags: [undefined] }, /\/Tags\/0.*undefined/],
  ["a model of 300 KB", { QueueName: "jobs", RedrivePolicy: { text: "x".repeat(300_000) } }, /262144/],
  [
    "nesting beyond any model",
    { RedrivePolicy: JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) as unknown },
    /100 deep/,
  ],
  ["__proto__ as a property", JSON.parse('{ "QueueName": "jobs", "__proto__": { "a": 1 } }'), /__proto__/],
  ["constructor as an option", { QueueName: "jobs", constructor: 1 }, /option constructor/],
  ["a misspelt option", { QueueName: "jobs", adpot: true }, /adpot.*adopt/],
  ["a resource where none belongs", { QueueName: secret(Promise.resolve("x")) }, /await/],
  ["nothing at all", undefined, /must be an object/],
  ["null", null, /must be an object/],
  ["text", "jobs", /must be an object/],
  ["a list", [], /must be an object/],
  ["a function for properties", () => ({ QueueName: "jobs" }), /must be an object/],
];

describe("properties", () => {
  test.each(queues)("%s is refused by its place, before any call", async (_, props, says) => {
    const made = await settledCloud();
    const calls = made.emulator.calls.length;
    await refused(() => AWS.SQS.Queue("jobs", untyped(props)), { code: "VALIDATION", says }, { cloud: made });
    expect(made.emulator.calls).toHaveLength(calls);
  });

  test("a property of another type is refused once the account's schema has not heard of it either", async () => {
    const made = await settledCloud();
    const calls = made.emulator.calls.length;
    await refused(
      () => AWS.SQS.Queue("jobs", untyped({ LogGroupName: "jobs" })),
      { code: "VALIDATION", says: /unknown property LogGroupName/ },
      { cloud: made },
    );
    const asked = made.emulator.calls.slice(calls).map(({ api }) => api);
    expect(asked).toEqual(["cloudformation:DescribeType"]);
  });

  test("a missing required property is named, also deep inside", async () => {
    await refused(() => AWS.ApiGatewayV2.Route("route", untyped({ ApiId: "abcdefghij" })), {
      code: "VALIDATION",
      says: /\/RouteKey.*missing/,
    });
    await refused(
      () =>
        AWS.S3.Bucket(
          "files",
          untyped({ LifecycleConfiguration: { Rules: [{ Status: "Enabled", Transitions: [{}] }] } }),
        ),
      {
        code: "VALIDATION",
        says: /\/LifecycleConfiguration\/Rules\/0\/Transitions\/0\/StorageClass.*missing/,
      },
    );
  });

  test("a number for text and text for a number are the service's to take or refuse", async () => {
    const made = await settledCloud();
    const report = await made.deploy(() =>
      AWS.SQS.Queue("jobs", untyped({ QueueName: "jobs", DelaySeconds: "5" })),
    );
    const [change] = report.changes;
    expect([undefined, "INVALID_REQUEST"]).toContain(change?.error?.code);
  });

  test("undefined and null members are absent, whatever the depth", async () => {
    const made = await settledCloud();
    const report = await made.deploy(() =>
      AWS.SQS.Queue("jobs", untyped({ QueueName: "jobs", KmsMasterKeyId: null, DelaySeconds: undefined })),
    );
    expect(report.ok).toBe(true);
    const created = made.emulator.calls.findLast(({ api }) => api === "CreateResource");
    expect(created?.body).toMatchObject({ DesiredState: '{"QueueName":"jobs"}' });
  });

  test("a key called __proto__ is refused in a free map too, and any other is data", async () => {
    const made = await settledCloud();
    const program = (text: string) => () =>
      AWS.ApiGatewayV2.Api("api", {
        Name: "http",
        ProtocolType: "HTTP",
        Tags: JSON.parse(text) as Record<string, string>,
      });
    const says = /\/Tags\/__proto__/;
    await refused(program('{ "__proto__": "a" }'), { code: "VALIDATION", says }, { cloud: made });
    expect(await made.deploy(program('{ "constructor": "a" }'))).toMatchObject({ ok: true });
    expect((await made.deploy(program('{ "constructor": "a" }'))).calls).toEqual({});
  });
});

describe("names of types", () => {
  test("a misspelt service or type is a TypeError with the nearest name", () => {
    const names: Record<string, Record<string, unknown>> = AWS as never;
    expect(() => names["SQSS"]).toThrow(/Did you mean AWS\.SQS\?/);
    expect(() => names["S3"]?.["Buckett"]).toThrow(/AWS\.S3\.Bucket\?/);
    expect(() => names["S3"]?.["Buckett"]).toThrow(TypeError);
  });

  test.each([
    ["Acme::Monitor::Probe", /spelling/],
    ["AWS::SQS::Quee", /Did you mean AWS::SQS::Queue\?/],
    ["AWS::sqs::queue", /Did you mean AWS::SQS::Queue\?/],
  ])("a type that nobody serves (%s) is refused, with the nearest name", async (TypeName, advises) => {
    const program = () => CloudControlResource("probe", { TypeName, DesiredState: { a: 1 } });
    await refused(program, { code: "UNSUPPORTED_TYPE", advises });
  });

  test.each([
    ["no DesiredState", { TypeName: "AWS::SQS::Queue" }, /must be an object/],
    ["a misspelt DesiredState", { TypeName: "AWS::SQS::Queue", DesirdState: {} }, /DesirdState/],
    [
      "a property beside DesiredState",
      { TypeName: "AWS::SQS::Queue", DesiredState: {}, QueueName: "x" },
      /QueueName/,
    ],
  ])("%s is refused", async (_, resource, says) => {
    await refused(() => CloudControlResource("jobs", untyped(resource)), { code: "VALIDATION", says });
  });
});

test("what was refused is made by the next run, once it is right", async () => {
  const made = await settledCloud();
  const before = await worldOf(made);
  await made.deploy(() => AWS.SQS.Queue("jobs", untyped({ Nmae: 1 })));
  expect(await worldOf(made)).toEqual(before);
  expect((await made.deploy(() => AWS.SQS.Queue("jobs", { QueueName: "jobs" }))).ok).toBe(true);
});
