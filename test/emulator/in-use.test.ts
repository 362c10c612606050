import { describe, expect, test } from "vitest";
import { openDesk } from "../support/emulator/desk.ts";
import { restOf } from "../support/emulator/rest/rest.ts";

const queue = "AWS::SQS::Queue";

async function openChain() {
  const desk = await openDesk({ refuseInUse: true });
  const dead = desk.emulator.put(queue, { QueueName: "dead-letters" });
  const alive = desk.emulator.put(queue, {
    QueueName: "jobs",
    RedrivePolicy: { deadLetterTargetArn: String(dead.Properties["Arn"]), maxReceiveCount: 3 },
  });
  return { desk, dead, alive };
}

describe("a resource in use", () => {
  test("is not deleted before its user", async () => {
    const { desk, dead, alive } = await openChain();
    expect(await desk.remove(queue, dead.Identifier)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "GeneralServiceException",
      StatusMessage: expect.stringMatching(
        /^Resource .*dead-letters is in use by .*jobs and cannot be deleted\. \(Service: SQS, Status Code: 409, Request ID: [\w-]+\)$/,
      ) as string,
    });
    expect(await desk.remove(queue, alive.Identifier)).toMatchObject({ OperationStatus: "SUCCESS" });
    expect(await desk.remove(queue, dead.Identifier)).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test("is deleted like any other unless asked otherwise", async () => {
    const desk = await openDesk();
    const topic = desk.emulator.put("AWS::SNS::Topic", { TopicName: "news-topic" });
    desk.emulator.put(queue, { QueueName: "about-it", Tags: [{ Key: "of", Value: topic.Identifier }] });
    const removed = await desk.remove("AWS::SNS::Topic", topic.Identifier);
    expect(removed.OperationStatus).toBe("SUCCESS");
  });

  test.each([
    ["whole to its end", "dead-letters-x", "SUCCESS"],
    ["whole from its start", "old-dead-letters", "SUCCESS"],
    ["at least six characters long", "short", "SUCCESS"],
    ["anywhere in a text", "arn:aws:s3:::dead-letters/*", "FAILED"],
  ])("is one whose name stands %s", async (_, value, status) => {
    const desk = await openDesk({ refuseInUse: true });
    const bucket = "AWS::S3::Bucket";
    const BucketName = value === "short" ? value : "dead-letters";
    desk.emulator.put(bucket, { BucketName });
    desk.emulator.put(queue, { QueueName: "jobs", Tags: [{ Key: "of", Value: value }] });
    expect(await desk.remove(bucket, BucketName)).toMatchObject({ OperationStatus: status });
  });

  test("is not one whose users go along with it, nor is a sibling of the same parent in use", async () => {
    const desk = await openDesk({ refuseInUse: true });
    const type = (noun: string) => `AWS::ApiGatewayV2::${noun}`;
    const { Identifier: ApiId } = desk.emulator.put(type("Api"), { Name: "a", ProtocolType: "HTTP" });
    const add = () => desk.emulator.put(type("Integration"), { ApiId, IntegrationType: "MOCK" });
    const [one, two] = [add(), add()];
    const Target = `integrations/${String(one.Properties["IntegrationId"])}`;
    desk.emulator.put(type("Route"), { ApiId, RouteKey: "GET /", Target });
    expect(await desk.remove(type("Integration"), two.Identifier)).toMatchObject({
      OperationStatus: "SUCCESS",
    });
    const path = `/v2/apis/${ApiId}/${Target}`;
    expect(await restOf(desk)("DELETE", path)).toMatchObject({
      status: 409,
      errorType: "ConflictException",
    });
    expect(await desk.remove(type("Api"), ApiId)).toMatchObject({ OperationStatus: "SUCCESS" });
    expect(desk.emulator.resources()).toEqual([]);
  });
});
