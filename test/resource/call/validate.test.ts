import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, movesOf } from "../../support/run.ts";
import { cloudOf } from "../../support/resource/probe.ts";

const all = (type: string, ...names: string[]) => Object.fromEntries(names.map((name) => [name, { type }]));

/** A queue as an account may know it one day. */
const queue = {
  typeName: "AWS::SQS::Queue",
  additionalProperties: false,
  primaryIdentifier: ["/properties/QueueUrl"],
  readOnlyProperties: ["/properties/QueueUrl", "/properties/Arn"],
  properties: {
    ...all("string", "QueueName", "QueueUrl", "Arn"),
    ...all("integer", "DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod"),
    ...all("integer", "ReceiveMessageWaitTimeSeconds", "VisibilityTimeout"),
    ...all("boolean", "SqsManagedSseEnabled"),
    Lullaby: { type: "object", properties: all("string", "Melody"), additionalProperties: false },
  },
  handlers: { create: {}, read: {}, update: {}, delete: {}, list: {} },
};

const jobs = (more: object) => () => AWS.SQS.Queue("jobs", { QueueName: "jobs", ...more });

describe("a property that this version has not heard of", () => {
  test("is taken where the account's own schema has it, planned and changed like any other", async () => {
    const { deploy, emulator } = await cloudOf([queue]);
    const first = jobs({ Lullaby: { Melody: "a" } });
    expect(changeOf(await deploy(first, { phase: "plan" }), "jobs").desired).toEqual({
      QueueName: "jobs",
      Lullaby: { Melody: "a" },
    });
    expect(movesOf(await deploy(first))).toEqual(["jobs: create"]);
    expect(movesOf(await deploy(first))).toEqual(["jobs: nothing"]);
    expect(changeOf(await deploy(jobs({ Lullaby: { Melody: "b" } })), "jobs").patch).toEqual([
      { op: "replace", path: "/Lullaby/Melody", from: "a", value: "b" },
    ]);
    expect(emulator.resources()[0]?.Properties).toMatchObject({ Lullaby: { Melody: "b" } });
  });

  test("is refused where nobody knows it, and inside one that the account knows, before anything is written", async () => {
    const { deploy, emulator } = await cloudOf([queue]);
    const nowhere = changeOf(await deploy(jobs({ Fanfare: "a" })), "jobs");
    expect(nowhere.error).toMatchObject({ code: "VALIDATION" });
    expect(nowhere.error?.message).toContain("/Fanfare: unknown property Fanfare");
    const inside = changeOf(await deploy(jobs({ Lullaby: { Melody: "a", Choir: 1 } })), "jobs");
    expect(inside.error?.message).toContain("/Lullaby/Choir: unknown property Choir");
    expect(
      emulator.calls.map(({ api }) => api).filter((api) => api !== "cloudformation:DescribeType"),
    ).toEqual([]);
  });

  test("is refused without a question where it looks like a slip, or where bundled schemas are to serve", async () => {
    const { deploy, emulator } = await cloudOf([queue]);
    const slip = changeOf(await deploy(jobs({ Lullaby: {}, DelaySecond: 1 })), "jobs");
    expect(slip.error?.message).toContain(
      "/DelaySecond: unknown property DelaySecond, did you mean DelaySeconds?",
    );
    const kept = changeOf(await deploy(jobs({ Lullaby: {} }), { schemas: "bundled" }), "jobs");
    expect(kept.error?.message).toContain("/Lullaby: unknown property Lullaby");
    expect(emulator.calls).toEqual([]);
  });

  test("is refused in words of its own where AWS cannot be asked", async () => {
    const { deploy } = await cloudOf([queue]);
    const report = await deploy(jobs({ Lullaby: {} }), { endpoint: "http://127.0.0.1:1" });
    expect(changeOf(report, "jobs").error).toMatchObject({ code: "VALIDATION" });
  });
});
