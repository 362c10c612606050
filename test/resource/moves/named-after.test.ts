import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import type { IncomingCall } from "../../../src/emulator/index.ts";
import type { Props } from "../../../src/json.ts";
import { claimWorld } from "../../support/resource/claims.ts";
import { movesOf } from "../../support/run.ts";

const policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
};

/** Types whose identifier AWS makes of a name that the user may choose. */
const types: Readonly<Record<string, (name: string, more?: object) => Promise<unknown>>> = {
  "AWS::SQS::Queue": (name, more) => AWS.SQS.Queue("it", { QueueName: name, ...more }),
  "AWS::SNS::Topic": (name, more) => AWS.SNS.Topic("it", { TopicName: name, ...more }),
  "AWS::IAM::ManagedPolicy": (name, more) =>
    AWS.IAM.ManagedPolicy("it", { ManagedPolicyName: name, PolicyDocument: policy, ...more }),
};

const modelOf = (type: string): Props =>
  type === "AWS::SQS::Queue"
    ? { QueueName: "theirs" }
    : type === "AWS::SNS::Topic"
      ? { TopicName: "theirs" }
      : { ManagedPolicyName: "theirs", PolicyDocument: policy };

const failing = { code: "InvalidRequest", identifier: true } as const;
const creates = ({ api }: IncomingCall): boolean => api === "CreateResource";

describe.each(Object.keys(types))("a failed create of %s", (type) => {
  const declare = types[type] ?? (() => Promise.resolve());

  test("that names what was there is not recorded, and says so; with adopt it is taken over", async () => {
    const world = await claimWorld();
    world.emulator.put(type, modelOf(type));
    world.befall((call) => (creates(call) ? { failWith: failing } : undefined));
    const report = await world.run("deploy", () => declare("theirs"));
    expect(report.changes).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ code: "INVALID_REQUEST" }) }),
    ]);
    expect(await world.recorded()).toEqual([]);
    await world.run("destroy", () => Promise.resolve());
    world.befall(() => undefined);
    expect(world.emulator.resources()).toHaveLength(1);
    expect(movesOf(await world.run("deploy", () => declare("theirs", { adopt: true })))).toEqual([
      "it: adopt",
    ]);
  });

  test("whose name nobody may list is left alone, whoever made it; adopt takes it over", async () => {
    const world = await claimWorld();
    world.befall((call) => {
      if (creates(call)) return { failWith: { ...failing, created: true } };
      return call.api === "ListResources"
        ? { error: { type: "AccessDeniedException", message: "not allowed to list" } }
        : undefined;
    });
    expect((await world.run("deploy", () => declare("mine"))).ok).toBe(false);
    expect(await world.recorded()).toEqual([]);
    world.befall(() => undefined);
    const again = await world.run("deploy", () => declare("mine"));
    expect(movesOf(again)).toEqual(["it: ALREADY_EXISTS"]);
    expect(movesOf(await world.run("deploy", () => declare("mine", { adopt: true })))).toEqual(["it: adopt"]);
    expect(world.emulator.resources()).toHaveLength(1);
  });
});

test("the names of many are looked for by one list, and where AWS names by itself by none", async () => {
  const world = await claimWorld();
  const queues = Array.from({ length: 30 }, (_, i) => `q${i}`);
  const report = await world.run("deploy", () =>
    Promise.all([
      ...queues.map((name) => AWS.SQS.Queue(name, { QueueName: name })),
      AWS.SQS.Queue("nameless", {}),
      AWS.EC2.VPC("net", { CidrBlock: "10.0.0.0/16" }),
    ]),
  );
  expect(report.ok).toBe(true);
  expect(world.emulator.calls.filter(({ api }) => api === "ListResources")).toHaveLength(1);
});

test("where too many stand to look through them for each create, they are looked through once in a run", async () => {
  const world = await claimWorld();
  for (let i = 0; i < 2_100; i += 1) world.emulator.put("AWS::SQS::Queue", { QueueName: `theirs-${i}` });
  const report = await world.run("deploy", async () => {
    for (const name of ["one", "two", "three"]) {
      await AWS.SQS.Queue(name, { QueueName: name });
      world.wait(60_000);
    }
  });
  expect(report.ok).toBe(true);
  const pages = world.emulator.calls.filter(({ api }) => api === "ListResources").length;
  expect(pages).toBeLessThan(30);
});
