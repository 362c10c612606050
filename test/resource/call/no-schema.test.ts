import { describe, expect, test } from "vitest";
import { AWS } from "../../../src/aws/namespace.ts";
import { changeOf, cloud } from "../../support/run.ts";

describe("a plain create", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["a queue", () => AWS.SQS.Queue("x", { QueueName: "q", DelaySeconds: 3 })],
    ["a bucket", () => AWS.S3.Bucket("x", { BucketName: "bucket-of-mine" })],
    ["what AWS names", () => AWS.ApiGateway.RestApi("x", { Name: "api" })],
    ["a log group with a document", () => AWS.Logs.LogGroup("x", { LogGroupName: "/a", RetentionInDays: 7 })],
    ["a topic", () => AWS.SNS.Topic("x", { TopicName: "t" })],
  ])("asks nobody for a schema: %s", async (_, program) => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(program);
    expect(changeOf(report, "x").move).toBe("create");
    expect(report.calls).not.toHaveProperty("DescribeType");
    expect(emulator.calls.filter(({ api }) => api.includes("DescribeType"))).toEqual([]);
  });

  test("is held to the values that the documentation tells all the same", async () => {
    const { deploy, emulator } = await cloud();
    const report = await deploy(() =>
      AWS.S3.Bucket("x", { VersioningConfiguration: { Status: "NOPE" as never } }),
    );
    expect(changeOf(report, "x").error).toMatchObject({
      code: "VALIDATION",
      message: expect.stringContaining("/VersioningConfiguration/Status"),
    });
    // Whether the account's own schema knows the value by now is asked before it is refused.
    expect(emulator.calls.map(({ api }) => api)).toEqual(["cloudformation:DescribeType"]);
  });
});
