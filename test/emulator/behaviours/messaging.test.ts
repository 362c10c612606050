import { describe, expect, test } from "vitest";
import { openDesk } from "../../support/emulator/desk.ts";

describe("AWS::SQS::Queue", () => {
  const queue = "AWS::SQS::Queue";

  test("is named by the URL that follows from its name, and shows the service's defaults", async () => {
    const { emulator } = await openDesk();
    expect(emulator.put(queue, { QueueName: "jobs" })).toMatchObject({
      Identifier: "https://sqs.us-east-1.amazonaws.com/123456789012/jobs",
      Properties: {
        Arn: "arn:aws:sqs:us-east-1:123456789012:jobs",
        DelaySeconds: 0,
        MaximumMessageSize: 1_048_576,
        MessageRetentionPeriod: 345_600,
        ReceiveMessageWaitTimeSeconds: 0,
        SqsManagedSseEnabled: true,
        VisibilityTimeout: 30,
      },
    });
  });

  test("collides by name, and then the event names nothing", async () => {
    const desk = await openDesk();
    await desk.create(queue, { QueueName: "jobs" });
    const second = await desk.create(queue, { QueueName: "jobs" });
    expect(second).toMatchObject({ OperationStatus: "FAILED", ErrorCode: "AlreadyExists" });
    expect(second).not.toHaveProperty("Identifier");
  });

  test.each([{ QueueName: "a b" }, { QueueName: "a.fifo" }, { QueueName: "a", FifoQueue: true }])(
    "cannot be %o",
    async (desired) => {
      const desk = await openDesk();
      expect(await desk.create(queue, desired)).toMatchObject({ ErrorCode: "InvalidRequest" });
    },
  );

  test("reads a policy back as an object, whatever it was sent as", async () => {
    const { emulator } = await openDesk();
    const policy = { deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead", maxReceiveCount: 3 };
    const { Properties: shown } = emulator.put(queue, { RedrivePolicy: JSON.stringify(policy) });
    expect(shown["RedrivePolicy"]).toEqual(policy);
  });
});

describe("AWS::SNS::Topic", () => {
  test("is named by the ARN that follows from its name", async () => {
    const { emulator } = await openDesk();
    const { Identifier: arn } = emulator.put("AWS::SNS::Topic", { TopicName: "news" });
    expect(arn).toBe("arn:aws:sns:us-east-1:123456789012:news");
    expect(() => emulator.put("AWS::SNS::Topic", { TopicName: "news" })).toThrow("AlreadyExists");
    expect(() => emulator.put("AWS::SNS::Topic", { TopicName: "news", FifoTopic: true })).toThrow(
      "Topic Name",
    );
  });
});

describe("AWS::Events::Rule", () => {
  const rule = "AWS::Events::Rule";

  test("has an ARN with its bus in it, unless that is the default one", async () => {
    const { emulator } = await openDesk();
    const put = (bus: object) => {
      const pattern = { EventPattern: '{"source":["a"]}' };
      return emulator.put(rule, { Name: "r", ...pattern, ...bus }).Properties;
    };
    expect(put({})).toMatchObject({
      Arn: "arn:aws:events:us-east-1:123456789012:rule/r",
      State: "ENABLED",
      EventBusName: "default",
      EventPattern: { source: ["a"] },
    });
    expect(put({ EventBusName: "own" })).toMatchObject({
      Arn: "arn:aws:events:us-east-1:123456789012:rule/own/r",
    });
  });

  test("needs a pattern or a schedule", async () => {
    const desk = await openDesk();
    expect(await desk.create(rule, { Name: "r" })).toMatchObject({
      ErrorCode: "InvalidRequest",
      StatusMessage: "Parameter(s) EventPattern or ScheduleExpression must be specified.",
    });
  });
});
