import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { memoryStore } from "../../../src/state/memory.ts";
import { changeOf, cloud, movesOf } from "../../support/run.ts";

const log = (more: object = {}) =>
  AWS.Logs.LogGroup("mine", { LogGroupName: "/app", RetentionInDays: 7, ...more });

const stackId = "arn:aws:cloudformation:us-east-1:123456789012:stack/shop/6a1";
const ofStack = [
  { Key: "team", Value: "a" },
  { Key: "aws:cloudformation:stack-id", Value: stackId },
];

describe("an adoption of what another owner has", () => {
  test.each(["deploy", "plan"] as const)(
    "that stage has recorded is refused in a %s, naming it",
    async (phase) => {
      const { deploy, emulator } = await cloud();
      await deploy(() => AWS.Logs.LogGroup("theirs", { LogGroupName: "/app", RetentionInDays: 30 }), {
        stage: "prod",
      });
      const report = await deploy(() => log({ adopt: true }), { phase });
      expect(changeOf(report, "mine").error).toMatchObject({
        code: "OWNED",
        message: expect.stringContaining('/app belongs to "theirs" of the app "test", stage prod'),
        advice: expect.stringContaining("adopt: { force: true }"),
      });
      expect(emulator.resources()[0]?.Properties["RetentionInDays"]).toBe(30);
    },
  );

  test("is refused too when the conflict of a create names it", async () => {
    const { deploy } = await cloud({ staleReadMs: 300 });
    await deploy(() => AWS.Logs.LogGroup("theirs", { LogGroupName: "/app" }), { stage: "prod" });
    expect(movesOf(await deploy(() => log({ adopt: true })))).toEqual(["mine: OWNED"]);
  });

  test("made by a CloudFormation stack is refused, naming the stack", async () => {
    const { deploy, emulator } = await cloud();
    emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", Tags: ofStack });
    const report = await deploy(() => log({ adopt: true }));
    expect(changeOf(report, "mine").error).toMatchObject({
      code: "OWNED",
      message: expect.stringContaining(`belongs to the CloudFormation stack ${stackId}`),
    });
    expect(emulator.resources()[0]?.Properties).not.toHaveProperty("RetentionInDays");
  });

  test("goes through with force, and says whose it was", async () => {
    const here = await cloud();
    here.emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app", Tags: ofStack });
    expect(movesOf(await here.deploy(() => log({ adopt: { force: true } })))).toEqual(["mine: adopt"]);
    expect(here.emulator.resources()[0]?.Properties).toMatchObject({ RetentionInDays: 7, Tags: ofStack });
    expect(here.events).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining(`taken over from the CloudFormation stack`),
      }),
    );
  });

  test("in another account, region or cloud is none of it", async () => {
    const store = memoryStore();
    const [one, other] = [await cloud({}, store), await cloud({}, store)];
    await one.deploy(() => log(), { stage: "prod" });
    other.emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app" });
    expect(movesOf(await other.deploy(() => log({ adopt: true })))).toEqual(["mine: adopt"]);
  });
});

test("what others have recorded of other resources does not stand in the way of an adoption", async () => {
  const { deploy, emulator } = await cloud();
  await deploy(() => AWS.SQS.Queue("theirs", { QueueName: "jobs" }), { stage: "prod" });
  emulator.put("AWS::Logs::LogGroup", { LogGroupName: "/app" });
  expect(movesOf(await deploy(() => log({ adopt: true })))).toEqual(["mine: adopt"]);
});
